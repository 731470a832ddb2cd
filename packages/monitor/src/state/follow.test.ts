import type { Snapshot } from '@piw/wire/status-protocol';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { emptyLog } from './log-text.ts';

const cell = { package: 'numpy', version: '2.1.3', target: 'cp311-linux_aarch64' };
const busy = (attempt: number, version = cell.version) =>
  slaveLike(1, 'rock-1', {
    state: 'building',
    task: { ...cell, version, attempt, step: 'build', sinceMs: nowMs },
  });
const idle = slaveLike(1, 'rock-1');
const ended = (attempt: number, outcome: string, text = 'numpy/core.c:1: error') => ({
  ...{ ...cell, attempt, slave: 'rock-1', startedMs: nowMs - 9000, endedMs: nowMs, outcome, files: [] },
  reason: outcome === 'success' ? null : { kind: 'compiler-error', subject: null, text },
});
const farm = (slave: Snapshot['slaves'][number], ...builds: object[]) =>
  farmWith([slave, slaveLike(2, 'rock-2')], { builds: builds as Snapshot['builds'] });
const toJob = (monitor: TestMonitor) =>
  monitor
    .press('2')
    .answers('QUEUE', { target: null, limit: 1000 }, { jobs: [{ ...cell, state: 'waiting', priority: 'request' }] })
    .press('G', 'f');

test('a slave that is followed shows its builds one after the other, and each stays until the next begins', () => {
  const monitor = new TestMonitor(farm(idle)).press('down', 'f');
  expect(monitor.monitor.place).toEqual({ view: 'slave', label: 'rock-1' });
  monitor.show(farm(busy(7)));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 7 });
  monitor.show(farm(idle, ended(7, 'success')));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 7 });
  monitor.show(farm(busy(8), ended(7, 'success')));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 8 });
  expect(monitor.screen[0]).toContain('following rock-1');
});

test('Esc leads back to where the following began, and who goes elsewhere follows no longer', () => {
  const monitor = new TestMonitor(farm(busy(7)))
    .press('down', 'f')
    .show(farm(busy(8)))
    .show(farm(busy(9)));
  monitor.press('esc');
  expect(monitor.monitor.place).toEqual({ view: 'builders' });
  monitor.show(farm(busy(10)));
  expect(monitor.monitor.place).toEqual({ view: 'builders' });
  expect(monitor.screen[0]).not.toContain('following');
});

test('the help over a build that is followed ends nothing', () => {
  const monitor = new TestMonitor(farm(busy(7))).press('down', 'f', '?').show(farm(busy(8)));
  expect(monitor.monitor.place.view).toBe('help');
  monitor.press('esc').show(farm(busy(9)));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 9 });
});

test('a slave that goes while it is followed is told', () => {
  const monitor = new TestMonitor(farm(busy(7))).press('down', 'f').show(farmWith([slaveLike(2, 'rock-2')]));
  expect(monitor.line('There is no slave rock-1 any more')).toBeDefined();
  expect(monitor.monitor.followed).toBeNull();
});

test('a job is followed from attempt to attempt until one settles it', () => {
  const monitor = toJob(new TestMonitor(farm(idle, ended(3, 'failure'))));
  expect(monitor.monitor.place).toMatchObject({ view: 'why', of: cell });
  monitor.show(farm(busy(4)));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 4 });
  monitor.show(farm(idle, ended(4, 'transient')));
  expect(monitor.monitor.followed).not.toBeNull();
  monitor.show(farm(busy(5), ended(4, 'transient')));
  monitor.show(farm(busy(6, '2.2.0'), ended(5, 'failure')));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 5 });
  expect(monitor.line('is over: failure')).toContain(
    'numpy 2.1.3 cp311-linux_aarch64 is over: failure, numpy/core.c:1',
  );
  expect(monitor.monitor.followed).toBeNull();
});

test('a job that was built between two pictures is shown all the same', () => {
  const monitor = toJob(new TestMonitor(farm(idle))).show(farm(idle, ended(4, 'success')));
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 4 });
  expect(monitor.line('is over: success')).toBeDefined();
});

test('f in the log of a build stops following the log and goes on; on the page of a slave a log that goes on leads to its builds', () => {
  const monitor = new TestMonitor(farm(busy(7))).press('down', 'enter').happens({ type: 'LOG', log: emptyLog(7) });
  expect(monitor.screen.at(-1)!.match(/f follow/g)).toHaveLength(1);
  monitor.press('f');
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 7 });
  monitor.happens({ type: 'LOG', log: emptyLog(7) }).press('f');
  expect(monitor.monitor.reading.following).toBe(false);
  expect(monitor.press('f').monitor.reading.following).toBe(true);
  expect(monitor.monitor.followed).not.toBeNull();
});

test(':follow names a slave; one that there is not is told', () => {
  const monitor = new TestMonitor(farm(busy(7))).press(':').type('follow rock-9').press('enter');
  expect(monitor.line('There is no slave rock-9.')).toContain('Did you mean rock-1?');
  monitor.press(':').type('follow rock-1').press('enter');
  expect(monitor.monitor.place).toEqual({ view: 'build', attempt: 7 });
});
