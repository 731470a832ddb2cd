import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const numbered = (count: number) => Array.from({ length: count }, (_, n) => slaveLike(n + 1, `pi-${n + 1}`));
const labels = (monitor: TestMonitor) =>
  monitor.screen.flatMap((line) => /^[> ][* ]\S  (pi-\S+|master)/.exec(line)?.[1] ?? []);

test('the master is the first row, and then slaves in the order in which people look for them', () => {
  const monitor = new TestMonitor(farmWith([slaveLike(1, 'pi-10'), slaveLike(2, 'pi-2')]));
  expect(labels(monitor)).toEqual(['master', 'pi-2', 'pi-10']);
});

test('arrows and hjkl move, and what is seen moves with the chosen row', () => {
  const monitor = new TestMonitor(farmWith(numbered(50))).press('down', 'j', 'j', 'up');
  expect(monitor.chosen).toContain('pi-2');
  monitor.press('G');
  expect(monitor.chosen).toContain('pi-50');
  monitor.press('pageup', 'g');
  expect(monitor.chosen).toContain('master');
});

test('the chosen row stays chosen when others come and go', () => {
  const monitor = new TestMonitor(farmWith(numbered(5))).press('down', 'down', 'down');
  expect(monitor.chosen).toContain('pi-3');
  monitor.show(farmWith([slaveLike(9, 'pi-0'), ...numbered(5).slice(1)]));
  expect(monitor.chosen).toContain('pi-3');
});

test('a row that vanishes leaves its place to its neighbour', () => {
  const monitor = new TestMonitor(farmWith(numbered(5))).press('down', 'down', 'down');
  monitor.show(farmWith(numbered(5).filter(({ label }) => label !== 'pi-3')));
  expect(monitor.chosen).toContain('pi-4');
});

test('the neighbour of a row that vanished stays chosen as further ones vanish', () => {
  const without = (...gone: string[]) => farmWith(numbered(6).filter(({ label }) => !gone.includes(label)));
  const monitor = new TestMonitor(farmWith(numbered(6))).press('down', 'down', 'down');
  monitor.show(without('pi-3')).show(without('pi-3', 'pi-1'));
  expect(monitor.chosen).toContain('pi-4');
});

test('a row that a filter hides leaves its place to one that stays chosen when rows move', () => {
  const monitor = new TestMonitor(farmWith(numbered(6))).press('G', '/').type('pi-[25]').press('enter');
  const before = /pi-\d/.exec(monitor.chosen)?.[0];
  monitor.show(farmWith([slaveLike(9, 'pi-2x'), ...numbered(6)]));
  expect(/pi-\d+x?/.exec(monitor.chosen)?.[0]).toBe(before);
});

test('a filter is a regular expression, and ! inverts it', () => {
  const monitor = new TestMonitor(farmWith(numbered(12))).press('/').type('pi-1[0-2]');
  expect(labels(monitor)).toEqual(['pi-10', 'pi-11', 'pi-12']);
  monitor.press('enter', '/', 'ctrl-u').type('!pi-').press('enter');
  expect(labels(monitor)).toEqual(['master']);
  monitor.press('esc');
  expect(labels(monitor)).toHaveLength(13);
});

test('a filter that is no regular expression is looked for as it is', () => {
  const monitor = new TestMonitor(farmWith([slaveLike(1, 'pi-(1'), slaveLike(2, 'pi-2')])).press('/').type('(1');
  expect(labels(monitor)).toEqual(['pi-(1']);
  expect(monitor.screen.at(-1)).toContain('▲ missing closing ): looked for as it is');
  expect(monitor.press('ctrl-u').type('!(').screen.at(-1)).toContain('missing closing )');
  expect(monitor.type('a)').screen.at(-1)).not.toContain('▲');
  const named = monitor.press('esc', ':').type('filter (1').press('enter');
  expect(named.line('looked for as it is')).toContain('(1: missing closing ), so it is looked for as it is.');
  expect(labels(named)).toEqual(['pi-(1']);
});

test('a filter that is left with Esc is as it was before', () => {
  const monitor = new TestMonitor(farmWith(numbered(3))).press('/').type('pi-2').press('enter', '/').type('9');
  expect(monitor.line('None of 4 matches pi-29')).toBeDefined();
  monitor.press('esc');
  expect(labels(monitor)).toEqual(['pi-2']);
});

test('rows are sorted by any column, either way, and those without a value come last; the master stays first', () => {
  const slaves = [
    slaveLike(1, 'pi-1', { lastHour: { successes: 2, failures: 0 }, vitals: null }),
    slaveLike(2, 'pi-2', { lastHour: { successes: 9, failures: 0 } }),
    slaveLike(3, 'pi-3', { lastHour: { successes: 5, failures: 0 } }),
  ];
  const monitor = new TestMonitor(farmWith(slaves)).press(':').type('sort ok').press('enter');
  expect(labels(monitor)).toEqual(['master', 'pi-1', 'pi-3', 'pi-2']);
  monitor.press('O');
  expect(labels(monitor)).toEqual(['master', 'pi-2', 'pi-3', 'pi-1']);
  monitor.press(':').type('sort load').press('enter', 'O');
  expect(labels(monitor).at(-1)).toBe('pi-1');
});

test('a click on the head of a column sorts by it, one on a row chooses it, one on the chosen row opens it', () => {
  const monitor = new TestMonitor(farmWith(numbered(3)));
  const y = monitor.screen.findIndex((line) => line.includes('pi-2'));
  monitor.happens({ type: 'MOUSE', mouse: { kind: 'down', x: 6, y } });
  expect(monitor.chosen).toContain('pi-2');
  monitor.happens({ type: 'MOUSE', mouse: { kind: 'down', x: 6, y } });
  expect(monitor.monitor.place).toEqual({ view: 'slave', label: 'pi-2' });
  monitor.press('esc');
  const head = monitor.screen.findIndex((line) => line.includes('LABEL'));
  const x = monitor.screen[head]!.indexOf('LABEL');
  monitor.happens({ type: 'MOUSE', mouse: { kind: 'down', x, y: head } });
  monitor.happens({ type: 'MOUSE', mouse: { kind: 'down', x, y: head } });
  expect(labels(monitor)).toEqual(['master', 'pi-3', 'pi-2', 'pi-1']);
});

test('nothing on the screen is wider or higher than it', () => {
  const slaves = [slaveLike(1, '工房の板-1', { why: 'w'.repeat(300) }), slaveLike(2, 'e\u0301'.repeat(40))];
  for (const [columns, rows] of [
    [80, 24],
    [40, 8],
    [300, 100],
  ] as const) {
    const monitor = new TestMonitor(farmWith(slaves), { size: { columns, rows } });
    expect(monitor.screen.length).toBe(rows);
    expect(Math.max(...monitor.screen.map((line) => line.length))).toBeLessThanOrEqual(columns * 2);
  }
});

test('an unknown command names the one that was probably meant', () => {
  const monitor = new TestMonitor(farmWith([])).press(':').type('biulds').press('enter');
  expect(monitor.line('There is no :biulds.')).toContain('Did you mean :builds?');
});

test('Tab completes the name of a command', () => {
  const monitor = new TestMonitor(farmWith([])).press(':').type('jou').press('tab', 'enter');
  expect(monitor.monitor.place).toEqual({ view: 'journal' });
});

test('- goes to the view before, and back', () => {
  const monitor = new TestMonitor(farmWith(numbered(2))).press('3', '4', '-');
  expect(monitor.monitor.place.view).toBe('builds');
  monitor.press('-');
  expect(monitor.monitor.place.view).toBe('failures');
});

test('what was told goes away by itself', () => {
  const monitor = new TestMonitor(farmWith([])).happens({ type: 'TOLD', tone: 'good', text: 'copied it' });
  expect(monitor.line('copied it')).toBeDefined();
  monitor.happens({ type: 'TICK', nowMs: nowMs + 60_000 });
  expect(() => monitor.line('copied it')).toThrow('no line');
});

test('the help tells the keys of the view that it was opened over', () => {
  const monitor = new TestMonitor(farmWith(numbered(2)), { size: { columns: 120, rows: 60 } }).press('down', '?');
  expect(monitor.line(':kill')).toContain('K');
  expect(() => monitor.line(':terminate')).toThrow('no line');
  expect(monitor.press('esc').monitor.place.view).toBe('builders');
});
