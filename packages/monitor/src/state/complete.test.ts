import type { Snapshot } from '@piw/wire/status-protocol';
import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { wish } from './look.ts';

const target = (name: string) => ({
  ...{ target: name, waiting: 0, delayed: 0, building: 0, preferred: false, retired: false },
});
const example = farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2'), slaveLike(3, 'zero-1')]);
const farm = {
  ...example,
  farm: { ...example.farm, targets: [target('cp311-linux_aarch64'), target('cp313-linux_aarch64')] },
} as Snapshot;
const typing = (text: string, start = new TestMonitor(farm)) => start.press(':').type(text);
const typed = (monitor: TestMonitor) => monitor.screen.at(-1)!.split('   enter')[0]!.trim();
const offered = (monitor: TestMonitor) => monitor.screen.at(-2)!.trim().split(/ +/);

test('what could be typed next is listed at the foot, and Tab completes what all of it has in common', () => {
  const monitor = typing('pause ');
  expect(offered(monitor)).toEqual(['rock-1', 'rock-2', 'zero-1', 'all']);
  expect(typed(monitor.type('r').press('tab'))).toBe(':pause rock-');
  expect(offered(monitor)).toEqual(['rock-1', 'rock-2']);
  expect(typed(monitor.type('2').press('tab').type('z').press('tab'))).toBe(':pause rock-2 zero-1');
});

test('a word that is there already is not offered again', () => {
  expect(offered(typing('columns label,load,'))).not.toContain('label');
  expect(offered(typing('columns load,'))).toContain('label');
});

test('columns, groups, targets and reasons are completed too', () => {
  expect(typed(typing('sort hea').press('tab'))).toBe(':sort heat');
  expect(offered(typing('group '))).toEqual(['platform', 'state', 'target', 'board', 'host', 'none']);
  expect(typed(typing('prefer cp313').press('tab'))).toBe(':prefer cp313-linux_aarch64');
  expect(offered(typing('retry-all missing-'))).toContain('missing-header');
});

test('packages that are in the picture are completed', () => {
  const build = { ...{ attempt: 1, package: 'numpy', version: '1', target: 'cp311-linux_aarch64', slave: 'rock-1' } };
  const builds = [{ ...build, startedMs: 1, endedMs: 2, outcome: 'success', reason: null, files: [] }];
  const monitor = typing(
    'package nu',
    new TestMonitor(farmWith([], { builds: builds as unknown as Snapshot['builds'] })),
  );
  expect(typed(monitor.press('tab'))).toBe(':package numpy');
});

test('a package that was looked for in vain is not offered, one that is there is', () => {
  const monitor = new TestMonitor(farm);
  const look = (name: string) => typing(`package ${name}`, monitor).press('enter');
  look('psycopg2').answers('PACKAGE', { package: 'psycopg2' }, { targets: [], versions: [] });
  expect(typed(typing('package psy', monitor).press('tab'))).toBe(':package psycopg2');
  monitor.press('esc');
  const { id } = wish('PACKAGE', { package: 'psy' }, 0);
  look('psy').happens({ type: 'LOOK_FAILED', id, trouble: 'There is no package psy here.' });
  expect(offered(typing('package ', monitor))).not.toContain('psy');
});

test('of a name that is whole it is told what it does and takes', () => {
  expect(typing('reverse').screen.at(-2)).toContain('sort the other way round');
});

test('more than there is room for is counted', () => {
  const slaves = Array.from({ length: 50 }, (_, n) => slaveLike(n + 1, `builder-${n + 1}`));
  const monitor = typing('kill ', new TestMonitor(farmWith(slaves), { size: { columns: 80, rows: 24 } }));
  expect(monitor.screen.at(-2)).toMatch(/builder-5 .* and \d+ more$/);
});

test('a slave, a target or a reason that there is not gets an answer, and no order goes out', () => {
  const monitor = new TestMonitor(farm);
  typing('resume rock-1 rokc-2', monitor).press('enter');
  expect(monitor.line('There is no slave rokc-2.')).toContain('Did you mean rock-2?');
  typing('prefer cp99', monitor).press('enter');
  expect(monitor.line('There is no target cp99.')).toContain('Tab shows what there is.');
  typing('retry-all missing-haeder', monitor).press('enter');
  expect(monitor.line('There is no reason missing-haeder.')).toContain('missing-header?');
  typing('retry-all', monitor).press('enter');
  expect(monitor.line('for which reason?')).toBeDefined();
  expect(monitor.effects).toEqual([]);
});

test('P on a preferred target gives it its usual place, and says so at the foot', () => {
  const preferred = { ...target('cp313-linux_aarch64'), preferred: true };
  const targets = [target('cp311-linux_aarch64'), preferred];
  const monitor = new TestMonitor({ ...farm, farm: { ...farm.farm, targets } } as Snapshot).press('2');
  expect(monitor.screen.at(-1)).toContain('P prefer');
  monitor.press('down');
  expect(monitor.screen.at(-1)).toContain('P usual place');
  monitor.press('P');
  expect(monitor.effects).toMatchObject([
    { words: 'usual place for cp313-linux_aarch64', given: [{ name: 'PREFER_TARGET', ask: { preferred: false } }] },
  ]);
});

test('a target and a reason that are named are ordered about', () => {
  const monitor = new TestMonitor(farm);
  typing('prefer cp313-linux_aarch64', monitor).press('enter');
  typing('retry-all missing-header ffi.h', monitor).press('enter', 'y');
  expect(monitor.effects).toMatchObject([
    { given: [{ name: 'PREFER_TARGET', ask: { target: 'cp313-linux_aarch64', preferred: true } }] },
    { given: [{ name: 'RETRY', ask: { reason: 'missing-header', subject: 'ffi.h', package: null } }] },
  ]);
});
