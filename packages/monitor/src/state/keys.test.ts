import { exampleSnapshot, farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { commands } from '../commands/commands.ts';
import { TestMonitor } from '../testing/farm.ts';
import { viewNames } from './place.ts';

const target = 'cp311-linux_aarch64';
const other = 'cp313-linux_aarch64';
const targets = [target, other].map((name) => ({
  ...{ target: name, waiting: 1, delayed: 0, building: 0, preferred: false, retired: false },
}));
const example = farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2')]);
const farm = { ...example, farm: { ...exampleSnapshot().farm, targets } } as typeof example;
const job = (name: string, at: string) => ({
  ...{ package: name, version: '1.0', target: at, state: 'waiting', priority: 'wanted' },
  ...{ releasedMs: nowMs, readyMs: null },
});
const all = { target: null, limit: 1000 };

const inQueue = () =>
  new TestMonitor(farm).press('2').answers('QUEUE', all, { jobs: [job('numpy', target), job('six', other)] });

test.each([
  ['P', 'down down', 'P does nothing here: prefer is for targets.'],
  ['K', '', 'K does nothing here: kill is for slaves.'],
  ['x', '1 down', 'x does nothing here: withdraw is for jobs or versions, retire is for targets.'],
  ['u', '1 down', 'u does nothing here: lift is for slaves in quarantine.'],
  ['s', '1 down', 's does nothing here: skip is for slaves that build, or jobs, builds or versions.'],
  ['enter', '1', 'Enter does nothing here: open is for rows with more to tell.'],
  ['!', '', '! does nothing here: attention is for what needs a human, and nothing does now.'],
])('%s where it is for nothing that is there says what it is for', (key, way, told) => {
  const monitor = inQueue().press(...way.split(' ').filter(Boolean), key);
  expect(monitor.line('does nothing here').trim().slice(2)).toBe(told);
});

test('a command by its name says the same', () => {
  const monitor = inQueue().type(':kill').press('enter');
  expect(monitor.line("can't be done here")).toContain(":kill can't be done here: it is for slaves.");
});

test('in each view each key of the table does something or says why it does not', () => {
  const moves = new Set(commands.filter(({ group }) => group === 'Move').flatMap((one) => one.keys));
  const keys = [...new Set(commands.flatMap((one) => one.keys))].filter((key) => !moves.has(key));
  const silent = viewNames.flatMap((view, nth) =>
    keys.flatMap((key) => {
      const monitor = inQueue().press(String(nth + 1));
      const before = monitor.monitor;
      monitor.press(key);
      const isThere = key === String(nth + 1); // the view is shown already
      return monitor.monitor !== before || monitor.effects.length > 0 || isThere ? [] : `${key} in ${view}`;
    }),
  );
  expect(silent).toEqual([]);
});

test('what the foot shows can be done', () => {
  for (const [nth, view] of viewNames.entries()) {
    const monitor = inQueue().press(String(nth + 1));
    const shown = monitor.screen
      .at(-1)!
      .trim()
      .split(/ {2,}/)
      .map((hint) => hint.split(' ')[0]!);
    for (const key of shown)
      expect(
        `${view}: ${inQueue()
          .press(String(nth + 1), key)
          .screen.join('\n')}`,
      ).not.toContain('does nothing here');
  }
});

test('Esc leads out of what is open to its view, and stays there', () => {
  const monitor = inQueue().press('1', 'down', 'enter', '?', 'esc');
  expect(monitor.monitor.place).toEqual({ view: 'slave', label: 'rock-1' });
  expect(monitor.press('esc').monitor.place).toEqual({ view: 'builders' });
  expect(monitor.press('esc').monitor.place).toEqual({ view: 'builders' });
  expect(monitor.line('Nothing is open here')).toContain('Nothing is open here: - leads to the view before, q leaves.');
  expect(monitor.press('-').monitor.place).toEqual({ view: 'queue' });
});

test('Esc leads out of what is open though something was told there', () => {
  const monitor = inQueue().press('1', 'down', 'enter', 'x');
  expect(monitor.line('x does nothing here')).toBeDefined();
  monitor.press('esc');
  expect(monitor.monitor.place).toEqual({ view: 'builders' });
  expect(monitor.monitor.notices).toEqual([]);
  expect(monitor.press('x', 'esc').monitor.notices).toEqual([]);
});

test('what was told goes with the view where it was told, but not that an order is under way', () => {
  const monitor = inQueue().press('1', 'down', 'x', 'r', '7');
  expect(monitor.monitor.notices.map(({ text }) => text)).toEqual(['resume rock-1: asking the master …']);
  expect(monitor.press(':').type('package ?').press('enter').line('is no package')).toBeDefined();
  expect(monitor.press('enter', '1').screen.join('\n')).not.toContain('is no package');
});

test.each(['?', '8'])('%s shows the help and leaves it', (key) => {
  const monitor = inQueue().press(key);
  expect(monitor.monitor.place.view).toBe('help');
  expect(monitor.press(key).monitor.place.view).toBe('queue');
});

test('Enter on a target in the queue shows its jobs alone, and Esc all of them', () => {
  const monitor = inQueue().press('down', 'enter');
  monitor.answers('QUEUE', { target: other, limit: 1000 }, { jobs: [job('six', other)] });
  expect(monitor.line('six 1.0')).toContain('waiting');
  const screen = monitor.screen.join('\n');
  expect(screen).not.toContain('numpy');
  expect(monitor.monitor.place).toEqual({ view: 'target', target: other });
  monitor.press('down', 'enter');
  expect(monitor.monitor.place).toMatchObject({ view: 'why', of: { package: 'six' } });
  monitor.press('esc', 'esc');
  expect(monitor.line('numpy')).toContain(target);
});
