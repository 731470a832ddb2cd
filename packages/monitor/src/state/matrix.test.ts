import { farmWith } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const targets = ['cp311-linux_aarch64', 'cp313-linux_aarch64', 'cp313-linux_riscv64', 'pp310-linux_riscv64'];
const version = (name: string) => ({
  ...{ version: name, releasedMs: null, asked: false, skipped: null, yanked: null },
  cells: targets.map((target) => ({ target, state: 'waiting' })),
});
const known = { description: null, recipe: null, skipped: null, targets, versions: [version('2.0'), version('1.0')] };
const matrix = (columns = 140) =>
  new TestMonitor(farmWith([]), { size: { columns, rows: 20 } })
    .press(':')
    .type('package pillow')
    .press('enter')
    .answers('PACKAGE', { package: 'pillow' }, known);
const ordered = (monitor: TestMonitor) =>
  monitor.effects.flatMap((effect) => (effect.do === 'order' ? effect.given : []));

test('left and right go from cell to cell, up and down from version to version, and before the first cell is the whole row', () => {
  const monitor = matrix().press('right', 'l', 'down');
  expect(monitor.line('>○')).toMatch(/^> +1\.0 +○ waiting +>○ waiting/);
  monitor.press('h', 'left', 'left');
  expect(() => monitor.line('>○')).toThrow('no line');
});

test('Enter on a cell says why it is not building, on the whole row why none of its targets is', () => {
  expect(matrix().press('l', 'enter').monitor.place).toEqual({
    view: 'why',
    of: { package: 'pillow', version: '2.0', target: targets[0] },
  });
  expect(matrix().press('j', 'enter').monitor.place).toEqual({
    view: 'why',
    of: { package: 'pillow', version: '1.0', target: null },
  });
});

test('orders act on the cell that is chosen', () => {
  const cell = { package: 'pillow', version: '2.0', target: targets[1] };
  const monitor = matrix().press('l', 'l', 'R', 'x', 'y', '+');
  expect(ordered(monitor)).toMatchObject([
    { name: 'RETRY', ask: cell },
    { name: 'WITHDRAW', ask: { ...cell, target: null } },
    { name: 'PRIORITISE', ask: { cells: cell, to: 'front' } },
  ]);
});

test('orders act on the marked versions at the target that is chosen', () => {
  const monitor = matrix().press('space', 'space', 'l', 'R');
  expect(ordered(monitor)).toMatchObject([
    { ask: { version: '2.0', target: targets[0] } },
    { ask: { version: '1.0', target: targets[0] } },
  ]);
});

test('where there is no room for all targets the chosen one is in sight', () => {
  const monitor = matrix(60);
  expect(() => monitor.line('riscv64')).toThrow('no line');
  monitor.press('l', 'l', 'l', 'l', 'l');
  expect(monitor.line('VERSION')).toMatch(/^‹.*pp310-linux_riscv64/);
  expect(monitor.line('>○')).toBeDefined();
});
