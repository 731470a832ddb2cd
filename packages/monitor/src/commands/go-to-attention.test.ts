import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const target = 'cp311-linux_aarch64';

/** A monitor whose operator filtered the builders, when something needs a human. */
function needing(kind: string, subject: string): TestMonitor {
  const attention = { id: 1, kind, subject, text: 'It is so.', remedy: 'Do that.', raisedMs: nowMs, clearedMs: null };
  const farm = farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2')], { attention: [attention] });
  return new TestMonitor(farm).press('/').type('rock-2').press('enter', '!');
}

test('what is about a slave is found at the slave, with the keys that mend it', () => {
  const monitor = needing('slave-lost', 'rock-1');
  expect(monitor.monitor.place).toEqual({ view: 'slave', label: 'rock-1' });
  expect(monitor.screen.at(-1)).toContain('S log in');
});

test('what is about the farm is found on the row of the master, whatever was filtered', () => {
  const monitor = needing('disk-low', 'board.example');
  expect(monitor.chosen).toContain('master');
  expect(monitor.screen.at(-1)).toContain('S log in');
});

test('what is about a target is found on its row of the queue, and about a job in the queue', () => {
  expect(needing('target-without-slave', target).monitor.lists['queue']?.chosen).toBe(`target ${target}`);
  expect(needing('job-nobody-can-build', `${target}: cpus`).monitor.place).toEqual({ view: 'queue' });
});

test('what is wrong and what to do are told in lines of their own', () => {
  const monitor = needing('disk-low', 'board.example');
  expect(monitor.monitor.notices.map(({ text }) => text)).toEqual(['It is so.', 'Do that.']);
});
