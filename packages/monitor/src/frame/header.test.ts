import { exampleSnapshot, farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { TestMonitor } from '../testing/farm.ts';

const { statistics } = exampleSnapshot();

test('of the builds of today the share of the good leaves out what says nothing of a package', () => {
  const passing = { cancelled: 3, skipped: 2, lost: 1, transient: 4, 'no-source': 5 };
  const farm = (today: object) => farmWith([], { statistics: { ...statistics, today } });
  expect(new TestMonitor(farm({ success: 9, ...passing })).line('today')).toMatch(/today 9 {2}✓ 100%(?!.*✗)/);
  expect(new TestMonitor(farm({ success: 9, memory: 1, ...passing })).line('today')).toMatch(/today 10 {2}✓ 90% +✗ 1/);
  expect(new TestMonitor(farm(passing)).line('today')).toMatch(/today 0(?! +✓)/);
});

test('one slave is one slave', () => {
  const rock = (id: number) => slaveLike(id, `rock-${id}`);
  expect(new TestMonitor(farmWith([rock(1)])).screen[0]).toMatch(/ 1 slave /);
  expect(new TestMonitor(farmWith([rock(1), rock(2)])).screen[0]).toMatch(/ 2 slaves /);
});

test('a slave that is gone is counted neither in the header nor in what the master does', () => {
  const slaves = [
    slaveLike(1, 'rock-1'),
    slaveLike(2, 'rock-2', { state: 'gone' }),
    slaveLike(3, 'rock-3', { state: 'cleaning' }),
  ];
  const monitor = new TestMonitor(farmWith(slaves));
  expect(monitor.screen[0]).toMatch(/ 2 slaves ◇1 ○1 /);
  expect(monitor.line('dispatching')).toContain('dispatching, 0 of 2 busy');
  const alone = new TestMonitor(farmWith(slaves.slice(1, 2)));
  expect(alone.screen[0]).toMatch(/ 0 slaves /);
  expect(alone.line('dispatching')).toContain('dispatching, 0 of 0 busy');
});
