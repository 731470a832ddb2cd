import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { drawSense } from '../pages/page.ts';
import { pixelAt } from '../pixels/picture.ts';
import { TestSense, taskFor } from '../testing/example-sense.ts';
import { captionOf } from './caption.ts';
import { figuresOf } from './figures.ts';

const yearMs = 365 * 86_400_000;

test('by a clock that is years behind the master’s, ages are what the master would say they are', () => {
  const slave = slaveLike(1, 'a', { state: 'building', task: taskFor(60_000), heardMs: nowMs - 3000 });
  const late = new TestSense(null);
  late.nowMs = nowMs - yearMs;
  const { farm, ...rest } = farmWith([slave]);
  const vitals = { ...slave.vitals!, clockMs: nowMs };
  late.show({ ...rest, farm: { ...farm, vitals } }).push('down');
  expect(
    figuresOf(late.sense)
      .slice(0, 2)
      .map(({ text }) => text),
  ).toEqual(['4s ago', '1m1s']);
});

test('clocks that are nearly the same are the same, however old the first that was heard of the master’s is', () => {
  const { farm, ...rest } = farmWith([slaveLike(1, 'a')]);
  const test = new TestSense(null);
  const shown = (ms: number) =>
    test.show({ ...rest, farm: { ...farm, vitals: { ...slaveLike(1, 'a').vitals!, clockMs: nowMs - ms } } });
  expect(shown(9000).sense.farmAheadMs).toBe(0);
  expect(shown(1000).sense.farmAheadMs).toBe(0);
  expect(shown(5000).sense.farmAheadMs).toBe(-5000);
});

test('a clock that is put back by an hour holds nothing up', () => {
  const farm = new TestSense(farmWith([slaveLike(1, 'a')])).push('in');
  farm.happens({ type: 'KEY', key: 'left', nowMs: farm.nowMs });
  farm.wait(-3_600_000).wait(1000);
  const before = drawSense(farm.sense);
  expect([captionOf(farm.sense), farm.sense.leaving]).toEqual(['master of farm', null]);
  expect(pixelAt(before, 0, 3)).not.toEqual([0, 0, 0]);
  farm.happens({ type: 'TOLD', text: 'paused a', good: true, nowMs: farm.nowMs });
  farm.wait(-3_600_000).wait(10_000);
  expect(farm.sense.page.at).toBe('main');
  farm.push('down', 'in').wait(-3_600_000).wait(61_000);
  expect(farm.sense.page.at).toBe('main');
});
