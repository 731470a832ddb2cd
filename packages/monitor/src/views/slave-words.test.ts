import { snapshot } from '@piw/wire/status-protocol';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { doing } from './slave-words.ts';

const task = {
  ...{ attempt: 7, package: 'numpy', version: '2.0', target: 'cp311-linux_x86_64' },
  ...{ sinceMs: nowMs, deadlineMs: nowMs + 60_000, step: 'build' },
};

test.each([
  ['then leaves', { state: 'draining', recalled: false }],
  ['then restarts', { state: 'draining', recalled: true }],
  ['then paused', { state: 'building', paused: { by: 'ann', sinceMs: nowMs, why: 'a new fan' } }],
] as const)('a slave that builds tells what comes then: %s', (then, change) => {
  const { slaves } = snapshot.parse({ ...farmWith([]), slaves: [{ ...slaveLike(1, 'rock-1'), task, ...change }] });
  expect(doing(slaves[0]!, nowMs).text).toBe(`build    numpy 2.0, ${then}`);
});
