import { exampleSnapshot, farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';
import { lookOf, wish } from './look.ts';

const farm = farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2'), slaveLike(3, 'rock-3')]);
const ordered = (monitor: TestMonitor) =>
  monitor.effects.flatMap((effect) => (effect.do === 'order' ? effect.given : []));

test('an order acts on the row where the operator is', () => {
  const monitor = new TestMonitor(farm).press('down', 'r');
  expect(ordered(monitor)).toEqual([{ name: 'RESUME', ask: { slaves: ['rock-1'] } }]);
});

test('an order acts on the rows that are marked', () => {
  const monitor = new TestMonitor(farm).press('down', 'space', 'space', 'r');
  expect(ordered(monitor)).toEqual([{ name: 'RESUME', ask: { slaves: ['rock-1', 'rock-2'] } }]);
});

test('on the row of the master an order is for all slaves', () => {
  expect(ordered(new TestMonitor(farm).press('r'))).toEqual([{ name: 'RESUME', ask: { slaves: 'all' } }]);
});

test('nothing is ordered of a master that is not heard, nor of one that was lost at the question', () => {
  const unfound = new TestMonitor(null).type(':pause all').press('enter', 'enter');
  expect(ordered(unfound)).toEqual([]);
  expect(unfound.line('Nothing is ordered: the master is not heard.')).toBeDefined();
  const monitor = new TestMonitor(farm).press('down', 'd');
  const { board, heardMs } = monitor.monitor.feed;
  monitor.happens({ type: 'FEED', nowMs, feed: { board, heardMs, trouble: new Error('gone') } }).press('y', 'r');
  expect(ordered(monitor)).toEqual([]);
});

test('a pause may have a reason', () => {
  const monitor = new TestMonitor(farm).press('down', 'p').type('new fan').press('enter');
  expect(ordered(monitor)).toEqual([{ name: 'PAUSE', ask: { slaves: ['rock-1'], why: 'new fan' } }]);
  expect(ordered(new TestMonitor(farm).press('down', 'p', 'enter'))).toEqual([
    { name: 'PAUSE', ask: { slaves: ['rock-1'], why: null } },
  ]);
});

const building = (name: string) => ({
  ...{
    attempt: 7,
    package: name,
    version: '1.0',
    target: 'cp311-linux_aarch64',
    step: 'build' as const,
    sinceMs: nowMs,
  },
});
const busyWith = (name: string) =>
  farmWith([slaveLike(1, 'rock-1', { state: 'building', task: building(name) }), slaveLike(2, 'rock-2')]);
const skips = (name: string, why: string) => ({
  ...{ name: 'SKIP', ask: { what: { package: name, version: '1.0', target: 'cp311-linux_aarch64' }, why } },
});

test('a skip must have a reason, and asks first with what it is about', () => {
  const monitor = new TestMonitor(busyWith('numpy')).press('down', 's', 'enter');
  expect(monitor.line('needs a reason')).toBeDefined();
  monitor.type('hopeless').press('enter');
  expect(ordered(monitor)).toEqual([]);
  expect(monitor.line('Skip numpy 1.0 for cp311-linux_aarch64, and never build it again?')).toContain('y yes');
  monitor.press('y');
  expect(ordered(monitor)).toEqual([skips('numpy', 'hopeless')]);
});

test('what a slave has come to build by the answer is not skipped in place of what was asked about', () => {
  const monitor = new TestMonitor(busyWith('numpy')).press('down', 's').type('hopeless').press('enter');
  monitor.show(busyWith('scipy')).press('y');
  expect(ordered(monitor)).toEqual([skips('numpy', 'hopeless')]);
});

test('where nothing is built there is nothing to skip', () => {
  const monitor = new TestMonitor(farm).press('down', 's');
  expect(monitor.screen.at(-1)).not.toContain('why?');
  monitor.type(':skip rock-1').press('enter');
  expect(monitor.line('Nothing is built by rock-1.')).toBeDefined();
});

test('a kill names what and how many before it is given, and n takes it back', () => {
  const monitor = new TestMonitor(busyWith('numpy')).press('down', '*', 'K', 'enter');
  expect(monitor.line('Kill')).toContain('Kill all slaves, and cancel');
  monitor.press('n');
  expect(ordered(monitor)).toEqual([]);
  expect(monitor.line('Nothing was ordered.')).toBeDefined();
  monitor.press('esc', 'K', 'enter');
  expect(monitor.line('Kill rock-1')).toContain('cancel what is built there');
  monitor.press('y');
  expect(ordered(monitor)).toEqual([{ name: 'KILL', ask: { slaves: ['rock-1'], why: null } }]);
});

test.each([
  ['K', 'Kill rock-1, and cancel what is built there?', 'Kill rock-1?'],
  ['H', 'Pause rock-1 and cancel what is built there?', 'Pause rock-1?'],
  ['d', 'Stop rock-1 after what is built there now?', 'Stop rock-1?'],
])('%s asks what is so: while it waits a build may begin or end', (key, builds, idle) => {
  const monitor = new TestMonitor(farm).press('down', key, ...(key === 'd' ? [] : ['enter']));
  expect(monitor.screen.at(-1)).toBe(` ${idle} Nothing is built there now.  y yes  n no`);
  expect(monitor.show(busyWith('numpy')).screen.at(-1)).toContain(builds);
  expect(monitor.show(farm).screen.at(-1)).toContain('Nothing is built there now.');
});

test('the master is stopped from its own row alone', () => {
  expect(ordered(new TestMonitor(farm).press('down', 't', 'y'))).toEqual([]);
  expect(ordered(new TestMonitor(farm).press('t', 'y'))).toEqual([{ name: 'STOP', ask: {} }]);
});

test('who may only watch has no orders, neither by key nor by name', () => {
  const monitor = new TestMonitor(farm, { readonly: 'an observer' }).press('down', 'r', 'K', 's', 'd');
  expect(monitor.screen.at(-1)).not.toContain('kill');
  expect(ordered(monitor.press(':').type('resume rock-1').press('enter'))).toEqual([]);
  expect(monitor.line('No orders from here')).toContain('an observer');
});

test("an observer's key has no orders either", () => {
  const monitor = new TestMonitor(farm).answers('STANDING', {}, { who: 'bob', mayOrder: false }).press('down', 'r');
  expect(ordered(monitor)).toEqual([]);
  expect(monitor.screen[0]).toContain("read only: the key of bob is an observer's");
});

test('slaves may be named after a colon', () => {
  const monitor = new TestMonitor(farm).press(':').type('resume rock-2 rock-3').press('enter');
  expect(ordered(monitor)).toEqual([{ name: 'RESUME', ask: { slaves: ['rock-2', 'rock-3'] } }]);
});

test('every answer of the master is told, with what it refused', () => {
  const monitor = new TestMonitor(farm).happens({
    type: 'ORDERED',
    words: 'pause 2 slaves',
    done: {
      done: [{ subject: 'rock-1', text: 'It gets no further work.' }],
      refused: [{ subject: 'rock-9', text: 'There is no such slave.' }],
    },
  });
  expect(monitor.line(' ✓ ')).toContain('rock-1: It gets no further work.');
  expect(monitor.line(' ✕ ')).toContain('rock-9: There is no such slave.');
});

test('an order is told of at once, until the answer replaces that, or why there is none', () => {
  const monitor = new TestMonitor(farm).press('down', 'r');
  expect(monitor.line('asking')).toContain('… resume rock-1: asking the master …');
  const done = { done: [{ subject: 'rock-1', text: 'It gets work again.' }], refused: [] };
  monitor.happens({ type: 'ORDERED', words: 'resume rock-1', done });
  expect(monitor.screen.join()).not.toContain('asking');
  monitor.press('r').happens({ type: 'ORDER_FAILED', words: 'resume rock-1', trouble: 'No master answers.' });
  expect(monitor.screen.join()).not.toContain('asking');
  expect(monitor.line('✕')).toContain('resume rock-1: No master answers.');
});

test('what is withdrawn is a version at all targets, as it was asked for, once of several jobs', () => {
  const job = {
    ...{ package: 'six', version: '1.17.0', state: 'waiting', priority: 'wanted' },
    readyMs: null,
    releasedMs: null,
  };
  const jobs = ['cp311-linux_aarch64', 'cp313-linux_aarch64'].map((target) => ({ ...job, target }));
  const monitor = new TestMonitor(farm).answers('QUEUE', { target: null, limit: 1000 }, { jobs });
  monitor.press('2').type('/six').press('enter', '*', 'x');
  expect(monitor.line('Withdraw six 1.17.0,')).toContain('y yes');
  monitor.press('y');
  expect(ordered(monitor)).toEqual([{ name: 'WITHDRAW', ask: { package: 'six', version: '1.17.0', target: null } }]);
});

test('what an order changed is asked for again at once', () => {
  const ask = { target: null, limit: 1000 };
  const monitor = new TestMonitor(farm).press('2').answers('QUEUE', ask, { jobs: [] });
  monitor.happens({ type: 'ORDERED', words: 'resume rock-1', done: { done: [], refused: [] } });
  const { atMs, answer } = lookOf(monitor.monitor.looks, wish('QUEUE', ask, 0))!;
  expect([monitor.monitor.nowMs - atMs, answer]).toEqual([Number.POSITIVE_INFINITY, { jobs: [] }]);
});

test('a quarantine is lifted where there is one', () => {
  const quarantine = { sinceMs: nowMs, untilMs: nowMs + 60_000, why: 'three transient failures' };
  const held = farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2', { state: 'quarantined', quarantine })]);
  const monitor = new TestMonitor(held).press('down');
  expect(monitor.screen.at(-1)).not.toContain('u lift');
  expect(ordered(monitor.press('u'))).toEqual([]);
  monitor.press('down');
  expect(monitor.screen.at(-1)).toContain('u lift');
  expect(ordered(monitor.press('u'))).toEqual([{ name: 'LIFT', ask: { slaves: ['rock-2'] } }]);
});

test('a slave that has gone is only restarted', () => {
  const monitor = new TestMonitor(farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2', { state: 'gone' })]));
  monitor.press('down').type('/rock-2').press('enter');
  expect(monitor.chosen).toContain('rock-2');
  expect(monitor.screen.at(-1)).toContain('R restart');
  expect(monitor.screen.at(-1)).not.toMatch(/p pause|r resume|s skip|H halt|d drain|K kill/);
  expect(ordered(monitor.press('p', 'r', 's', 'H', 'd', 'K', 'R'))).toEqual([
    { name: 'RESTART', ask: { slaves: ['rock-2'] } },
  ]);
  const here = new TestMonitor(farm).press('down');
  expect(here.screen.at(-1)).toMatch(/p pause.*K kill/);
  expect(here.screen.at(-1)).not.toContain('R restart');
});

test('who may only watch is told so where the screen is narrow, and why by a key for an order', () => {
  const long = { ...exampleSnapshot().farm, name: 'the wheel farm under the roof of ann@attic.example' };
  const monitor = new TestMonitor(farmWith([slaveLike(1, 'rock-1')], { farm: long }), {
    size: { columns: 80, rows: 24 },
    readonly: 'started with --readonly',
  });
  expect(monitor.screen[0]).toContain('read only');
  monitor.press('down', 'p', 'K', 'K');
  expect(ordered(monitor)).toEqual([]);
  const told = monitor.screen.filter((line) => line.includes('No orders from here: started with --readonly.'));
  expect(told).toHaveLength(1);
});

test('what an answer is about is told once, and between answers there is one stop', () => {
  const told = (words: string, ...subjects: string[]): string[] => {
    const done = subjects.map((subject) => ({ subject, text: 'It is built next.' }));
    return new TestMonitor(farm).happens({ type: 'ORDERED', words, done: { done, refused: [] } }).screen;
  };
  expect(told('rear six 1.0 cp311', 'six 1.0 for cp311-linux_x86_64')).toContain(
    ' ✓ rear six 1.0 cp311: It is built next.',
  );
  expect(told('rear 2 jobs', 'six 1.0', 'lxml 2')).toContain(
    ' ✓ rear 2 jobs: six 1.0: It is built next; lxml 2: It is built next.',
  );
  expect(told('rear 2 jobs', 'six 1.0')).toContain(' ✓ rear 2 jobs: six 1.0: It is built next.');
});
