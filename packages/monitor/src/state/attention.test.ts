import type { AttentionPicture } from '@piw/wire/status-protocol';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const about = (id: number, kind: string, subject: string, raisedMs: number): AttentionPicture => ({
  ...{ id, kind, subject, raisedMs, clearedMs: null },
  ...{ text: `${subject} needs you.`, remedy: `Mend ${subject}.` },
});
const rock = about(1, 'slave-quarantined', 'rock-1', nowMs - 1);
const target = about(2, 'target-without-slave', 'cp39-linux_armv7l', nowMs - 2);
const farm = (...attention: AttentionPicture[]) =>
  farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2')], { attention });

test('what needs a human is above the first row, Enter goes there, and down leads back', () => {
  const monitor = new TestMonitor(farm(rock)).press('down', 'up', 'up');
  expect(monitor.chosen).toContain('rock-1 needs you.');
  expect(monitor.screen.filter((line) => line.startsWith('>'))).toHaveLength(1);
  monitor.press('down');
  expect(monitor.chosen).toContain('master');
  monitor.press('up', 'enter');
  expect(monitor.monitor.place).toEqual({ view: 'slave', label: 'rock-1' });
  expect(monitor.line('▲ rock-1 needs you. Mend rock-1.')).toBeDefined();
});

test('left and right show the others, and an order there is for the slave that it is about', () => {
  const monitor = new TestMonitor(farm(target, rock)).press('up', 'r');
  expect(monitor.effects).toMatchObject([{ given: [{ name: 'RESUME', ask: { slaves: ['rock-1'] } }] }]);
  monitor.press('right', 'right', 'r');
  expect(monitor.effects).toHaveLength(1);
  expect(monitor.line('2/2')).toContain('cp39-linux_armv7l needs you.');
  monitor.press('enter');
  expect(monitor.monitor.place).toEqual({ view: 'queue' });
});

test('what is about a target leads to its row, what is about no slave at all to the row of the master', () => {
  const example = farm(target);
  const targets = ['cp311-linux_aarch64', 'cp39-linux_armv7l'].map((name) => ({
    ...{ target: name, waiting: 1, delayed: 0, building: 0, preferred: false, retired: false },
  }));
  const monitor = new TestMonitor({ ...example, farm: { ...example.farm, targets } } as typeof example).press('!');
  expect(monitor.chosen).toContain('cp39-linux_armv7l');
  const needy = about(4, 'job-nobody-can-build', 'cp39-linux_armv7l: memory ≥ 8 GiB', nowMs);
  monitor
    .show({ ...example, farm: { ...example.farm, targets }, attention: [needy] } as typeof example)
    .press('1', '!');
  expect(monitor.chosen).toContain('cp39-linux_armv7l');
  const fault = about(3, 'world-at-fault', 'index-unreachable', nowMs);
  expect(new TestMonitor(farm(fault)).press('2', '!').chosen).toContain('master');
});

test('Esc leaves it, and so it is when it is over', () => {
  const monitor = new TestMonitor(farm(rock)).press('up', 'esc');
  expect(monitor.chosen).toContain('master');
  expect(monitor.press('up').show(farm()).chosen).toContain('master');
});

test('! and a click go there at once', () => {
  expect(new TestMonitor(farm(rock)).press('!').monitor.place).toEqual({ view: 'slave', label: 'rock-1' });
  const monitor = new TestMonitor(farm(rock));
  const y = monitor.screen.findIndex((line) => line.includes('needs you'));
  monitor.happens({ type: 'MOUSE', mouse: { kind: 'down', x: 9, y } });
  expect(monitor.monitor.place).toEqual({ view: 'slave', label: 'rock-1' });
});

test('where nothing needs a human up stays at the first row, and an order there is for all', () => {
  const monitor = new TestMonitor(farm()).press('up', 'r');
  expect(monitor.effects).toMatchObject([{ given: [{ name: 'RESUME', ask: { slaves: 'all' } }] }]);
});
