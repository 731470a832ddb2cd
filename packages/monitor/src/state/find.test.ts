import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { viewAt } from '../views/views.ts';
import { buildSearchOf } from './build-search.ts';

const build = (attempt: number, change: object = {}) => ({
  ...{ attempt, package: 'numpy', version: '2.0', target: 'cp311-linux_aarch64', slave: 'rock-1' },
  ...{ startedMs: nowMs - 120_000, endedMs: nowMs - 60_000, outcome: 'failure', files: [], ...change },
  reason: { kind: 'missing-header', subject: 'ffi.h', text: `attempt ${attempt} wants ffi.h` },
});
const nothing = { package: null, version: null, outcome: null, reason: null, slave: null, sinceMs: null };
const page = (before: number | null, change: object = {}) => ({ ...nothing, ...change, limit: 500, before });
const open = (builds: object[] = []) => new TestMonitor(farmWith([slaveLike(1, 'rock-1')], { builds } as never));
const wished = ({ monitor }: TestMonitor) =>
  viewAt(monitor.place)
    .wishes(monitor)
    .map(({ ask }) => ask);
const ages = ({ monitor }: TestMonitor) =>
  viewAt(monitor.place)
    .wishes(monitor)
    .map(({ freshMs }) => freshMs);
const attempts = ({ screen }: TestMonitor) => screen.flatMap((line) => /attempt (\d+) wants/.exec(line)?.[1] ?? []);

test('builds are looked for by the words of an operator', () => {
  expect(buildSearchOf('outcome=failure slave=rock-1 since=2d NumPy==2.0', nowMs).filter).toEqual({
    ...{ package: 'numpy', version: '2.0', outcome: 'failure', reason: null, slave: 'rock-1' },
    sinceMs: nowMs - 2 * 86_400_000,
  });
  expect(buildSearchOf('reason=missing-tool', nowMs).filter).toMatchObject({ reason: 'missing-tool', package: null });
});

test.each([
  ['outcome=bad', /There is no outcome "bad": success, failure/],
  ['reason=moon', /There is no reason "moon"/],
  ['colour=red', /Nothing is found by colour: write package=/],
  ['since=yesterday', /"yesterday" is no moment/],
  ['num^py', /"num\^py" is no package/],
  ['numpy==x', /"x" is no version/],
])('%s finds nothing, and it is said why', (words, why) => {
  const monitor = open().press(':').type(`find ${words}`).press('enter');
  expect(monitor.screen.join('\n')).toMatch(why);
  expect(monitor.monitor.place.view).toBe('builders');
});

test('what is found is asked of the master, beside what the board knows of it', () => {
  const monitor = open([build(9), build(8, { slave: 'rock-2' })])
    .press(':')
    .type('find slave=rock-1')
    .press('enter');
  expect(wished(monitor)).toEqual([page(null, { slave: 'rock-1' })]);
  monitor.answers('BUILDS', page(null, { slave: 'rock-1' }), { builds: [build(9), build(3)], next: null });
  expect(attempts(monitor)).toEqual(['9', '3']);
  expect(monitor.line('found by')).toContain('slave=rock-1');
  expect(monitor.press('esc').monitor.place.view).toBe('builders');
});

test('who goes on at the end gets the page before, and what is read stays as it was until they are back at the first', () => {
  const monitor = open([build(9)]).press('3');
  monitor.answers('BUILDS', page(null), { builds: [build(9), build(8)], next: 8 }).press('j', 'pagedown');
  expect(wished(monitor)).toEqual([page(null), page(8)]);
  expect(ages(monitor)).toEqual([Infinity, Infinity]);
  monitor.press('pagedown');
  expect(wished(monitor)).toHaveLength(2);
  monitor.answers('BUILDS', page(8), { builds: [build(7)], next: null }).press('pagedown', 'pagedown');
  expect(attempts(monitor)).toEqual(['9', '8', '7']);
  monitor.show(farmWith([], { builds: [build(10)] } as never));
  expect(attempts(monitor)).toEqual(['9', '8', '7']);
  monitor.press('g');
  expect(attempts(monitor)).toEqual(['10', '9', '8']);
  expect(ages(monitor)).toEqual([30_000]);
});

test('where a page has nothing of what is rare, it says how far it looked, and goes on from there', () => {
  const monitor = open().press(':').type('find outcome=lost').press('enter');
  monitor.answers('BUILDS', page(null, { outcome: 'lost' }), { builds: [], next: 4000 });
  expect(monitor.line('None from')).toContain('None from attempt 4,000 on; PgDn looks further back.');
  expect(wished(monitor.press('pagedown'))).toContainEqual(page(4000, { outcome: 'lost' }));
});

test('what the master says against a search is shown', () => {
  const monitor = open().press(':').type('find nunpy').press('enter');
  const [wish] = viewAt(monitor.monitor.place).wishes(monitor.monitor);
  monitor.happens({ type: 'LOOK_FAILED', id: wish!.id, trouble: 'There is no package nunpy.' });
  expect(monitor.line('found by')).toContain('There is no package nunpy.');
});

test('the journal goes back page by page, too', () => {
  const entry = (n: number) => ({
    ...{ entry: n, atMs: nowMs, who: 'pi', order: 'PAUSE', subject: `rock-${n}`, text: '' },
  });
  const monitor = open().press('7');
  const full = Array.from({ length: 500 }, (_, n) => entry(900 - n));
  monitor.answers('JOURNAL', { limit: 500, before: null }, { entries: full }).press('G', 'pagedown');
  expect(wished(monitor)).toEqual([
    { limit: 500, before: null },
    { limit: 500, before: 401 },
  ]);
  monitor.answers('JOURNAL', { limit: 500, before: 401 }, { entries: [entry(400)] }).press('j');
  expect(monitor.chosen).toContain('rock-400');
  expect(wished(monitor.press('pagedown'))).toHaveLength(2);
});

test('a failure is tried on the slave that is asked for, the row’s own where nobody says otherwise, or on any', () => {
  const target = 'cp311-linux_aarch64';
  const slaves = [
    slaveLike(1, 'rock-1', { state: 'building', targets: [target] }),
    slaveLike(2, 'rock-2', { state: 'idle', task: null, targets: [target] }),
    slaveLike(3, 'odd', { state: 'idle', task: null, targets: ['cp39-linux_armv7l'] }),
  ];
  const groups = [
    { ...{ kind: 'missing-header', subject: 'ffi.h', text: 'x', builds: 4, packages: 2, latestMs: nowMs, attempt: 3 } },
  ].map((one) => ({ ...one, package: 'cffi', version: '1.0', target, remedy: null }));
  const failures = () =>
    new TestMonitor(farmWith(slaves))
      .press('4')
      .answers('FAILURES', { sinceMs: null, limit: 500 }, { countedFromMs: null, groups });
  const given = (monitor: TestMonitor) => monitor.effects.flatMap((one) => (one.do === 'order' ? one.given : []));
  const cell = { package: 'cffi', version: '1.0', target };
  expect(given(failures().press('t', 'enter'))).toEqual([{ name: 'TRY', ask: { ...cell, slave: 'rock-2' } }]);
  expect(given(failures().press('t', 'ctrl-u').type('try rock-1').press('enter'))).toEqual([
    { name: 'TRY', ask: { ...cell, slave: 'rock-1' } },
  ]);
  expect(given(failures().press('t', 'ctrl-u').type('try any').press('enter'))).toMatchObject([
    { name: 'RETRY', ask: { ...cell, reason: null } },
  ]);
  const mistyped = failures().press('t', 'ctrl-u').type('try rokc-1').press('enter');
  expect(mistyped.line('There is no slave')).toContain('Did you mean rock-1?');
  expect(given(mistyped)).toEqual([]);
});

test('charts are of the farm, or of the slave or the target that is named, over the time that is chosen', () => {
  const chart = (words: string) => open().press(':').type(words).press('enter');
  const subject = (monitor: TestMonitor) => wished(monitor).map((ask) => (ask as { subject: object }).subject);
  expect(subject(chart('charts rock-1'))).toEqual([{ of: 'slave', slave: 'rock-1' }]);
  expect(chart('charts rokc-1').line('There is no slave or target')).toContain('Did you mean rock-1?');
  const slave = open().press('down', 'enter', '>');
  expect(wished(slave)[0]).toMatchObject({ subject: { of: 'slave', slave: 'rock-1' }, fromMs: nowMs - 6 * 3_600_000 });
  expect(slave.line('   6h  load')).toContain('mem');
});
