import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { usualPreferences } from '../run/preferences.ts';
import { TestMonitor } from '../testing/farm.ts';

const farm = farmWith([
  slaveLike(1, 'arm-2', { targets: ['cp311-linux_armv7l'], state: 'lost' }),
  slaveLike(2, 'arm-10', { targets: ['cp311-linux_armv7l'] }),
  slaveLike(3, 'board-1', { targets: ['cp313-linux_riscv64', 'cp311-linux_riscv64'] }),
]);
const heads = (monitor: TestMonitor) => monitor.line('LABEL').slice(2).trim().split(/\s+/);
const firsts = (monitor: TestMonitor) =>
  monitor.screen.flatMap((line) => /^[> ][* ](?:\S  )?(arm-\d+|board-1|master|linux_\S+)/.exec(line)?.[1] ?? []);
const call = (monitor: TestMonitor, words: string) => monitor.press(':').type(words).press('enter');

test('slaves are grouped by platform below heads that count them by state, the master above all', () => {
  const monitor = new TestMonitor(farm).press('b');
  expect(firsts(monitor)).toEqual(['master', 'linux_armv7l', 'arm-2', 'arm-10', 'linux_riscv64', 'board-1']);
  expect(monitor.line('linux_armv7l  2')).toContain('✕1 lost  ○1 idle');
  expect(monitor.screen.find((line) => line.includes('Builders'))).toContain('1/4');
});

test('rows are sorted within their groups', () => {
  const monitor = call(new TestMonitor(farm).press('b'), 'sort label').press('O');
  expect(firsts(monitor)).toEqual(['master', 'linux_armv7l', 'arm-10', 'arm-2', 'linux_riscv64', 'board-1']);
});

test('rows are grouped by another column at each key, and at the end by none', () => {
  const monitor = new TestMonitor(farm).press('b', 'b');
  expect(monitor.line('lost  1')).toBeDefined();
  monitor.press('b', 'b', 'b', 'b');
  expect(firsts(monitor)).toEqual(['master', 'arm-2', 'arm-10', 'board-1']);
  expect(call(monitor, 'group load').line('be grouped by load')).toContain('platform, state, target, board, host');
});

test('an order on the head of a group is for the slaves in it, and Space marks them', () => {
  const monitor = new TestMonitor(farm).press('b', 'down', 'r');
  expect(monitor.effects).toMatchObject([{ given: [{ name: 'RESUME', ask: { slaves: ['arm-2', 'arm-10'] } }] }]);
  expect(monitor.press('space').line('2 marked')).toBeDefined();
  monitor.press('up', 'space');
  expect(() => monitor.line('marked  ')).toThrow('no line');
  expect(monitor.press('*').line('4 marked')).toBeDefined();
});

test('columns are chosen by name, in the order that was typed', () => {
  const monitor = call(new TestMonitor(farm), 'columns label,task load,host');
  expect(heads(monitor)).toEqual(['LABEL', 'TASK', 'LOAD', 'HOST']);
  expect(heads(call(monitor, 'columns usual')).slice(0, 3)).toEqual(['S', 'LABEL', 'TARGET']);
});

test('a name that no column has changes nothing, and is told with the one that was probably meant', () => {
  const monitor = call(new TestMonitor(farm), 'columns label,laod');
  expect(monitor.line('There is no column laod.')).toContain('Did you mean load?');
  expect(heads(monitor)).toContain('TARGET');
  expect(call(monitor, 'sort nonsense').line('There is no column nonsense.')).toContain('There are state, label');
});

test('columns are chosen by keys: Space shows and hides, < and > move, the last one stays', () => {
  const monitor = new TestMonitor(farm, { size: { columns: 120, rows: 40 } }).press('c', 'down', 'down', 'space');
  expect(monitor.line('target')).toContain('[ ]');
  monitor.press('up', 'g', '>', 'c');
  expect(heads(monitor).slice(0, 3)).toEqual(['LABEL', 'S', 'BOARD']);
  call(monitor, 'columns label').press('c', 'g', 'space', 'esc');
  expect(heads(monitor)).toEqual(['LABEL']);
});

test('where it is narrow right moves the columns that stand aside into sight, and left back', () => {
  const monitor = new TestMonitor(farm, { size: { columns: 80, rows: 24 } });
  expect(heads(monitor)).not.toContain('BOARD');
  expect(monitor.line('LABEL').startsWith('›')).toBe(true);
  monitor.press('right');
  expect(heads(monitor)).toContain('BOARD');
  expect(monitor.line('LABEL')).toMatch(/^‹›S +LABEL +BOARD/);
  const wide = new TestMonitor(farm, { size: { columns: 80, rows: 24 } }).press('right');
  wide.happens({ type: 'RESIZE', size: { columns: 200, rows: 24 } });
  expect(wide.line('LABEL')).toMatch(/^ {2}S +LABEL +TARGET/);
  monitor.press(...Array.from({ length: 20 }, () => 'l'));
  expect(monitor.line('LABEL')).toMatch(/^‹ .*✗1H$/);
  monitor.press(...Array.from({ length: 20 }, () => 'h'));
  expect(monitor.line('LABEL').startsWith('›')).toBe(true);
});

test('a monitor begins with the columns, groups and order of the last run; what there is no longer is left out', () => {
  const preferences = {
    ...usualPreferences,
    columns: { builders: ['label', 'gone', 'load'] },
    groups: { builders: 'platform', queue: 'gone' },
    sorting: { builders: { column: 'label', descending: true } },
  };
  const monitor = new TestMonitor(farm, { preferences });
  expect(heads(monitor)).toEqual(['LABEL', '▼', 'LOAD']);
  expect(monitor.line('linux_riscv64  1')).toBeDefined();
  expect(() => monitor.press('2').screen).not.toThrow();
});
