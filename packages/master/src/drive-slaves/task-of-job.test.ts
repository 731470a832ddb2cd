import type { Taken } from '@piw/db/take-jobs';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { Hello } from '@piw/wire/slave-protocol';
import { expect, test } from 'vitest';
import { type MasterOptions, usualPeriods } from '../options.ts';
import { taskOfJob } from './task-of-job.ts';

const minutes = 60_000;
const options = { indexUrl: null, siteUrl: null, periods: usualPeriods } as MasterOptions;
const hello = { limits: { timeoutMs: 180 * minutes, memoryBytes: 1000, diskBytes: null, outputBytes: 5 } } as Hello;
const job: Taken = {
  ...{
    attempt: 7,
    slaveId: 1,
    versionId: 2,
    targetId: 3,
    recipe: null,
    releasedMs: 5,
    requiresPython: null,
    buildNumber: null,
  },
  package: packageName.parse('numpy'),
  version: version.parse('2.0'),
  target: { abi: 'cp311', platform: 'linux_x86_64' },
  startedMs: 0,
};

test('a build has the limits of its slave, and its deadline leaves the master time to cancel it', () => {
  const { task, order } = taskOfJob(job, hello, options);
  expect(order.limits).toEqual(hello.limits);
  expect(task.deadlineMs).toBe((180 + 15 - 1) * minutes);
});

test('a recipe may give a build more time than is usual, and no more memory than there is', () => {
  const recipe = { timeoutMs: 600 * minutes, memoryBytes: 4000 };
  const { order } = taskOfJob({ ...job, recipe }, hello, options);
  expect(order.limits).toMatchObject({ timeoutMs: 600 * minutes, memoryBytes: 1000 });
});

test('a rebuild on purpose is told its build tag, any other build none', () => {
  expect(taskOfJob(job, hello, options).order.buildTag).toBeNull();
  expect(taskOfJob({ ...job, buildNumber: 2 }, hello, options).order.buildTag).toBe('2');
});

test('a slave is told the farm’s index, and the other without its credentials', () => {
  const addresses = { indexUrl: 'https://ann:secret@index.example/simple/', siteUrl: 'https://farm.example/wheels/' };
  expect(taskOfJob(job, hello, { ...options, ...addresses }).order).toMatchObject({
    indexUrl: 'https://index.example/simple/',
    farmIndexUrl: 'https://farm.example/wheels/own/simple/',
  });
});
