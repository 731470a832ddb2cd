import { expect, test } from 'vitest';
import { Chronicle } from './chronicle.ts';
import type { Sample } from './samples.ts';

const farm = { kind: 'farm', name: '' } as const;
const sample = (load: number | null = 1): Sample => ({ ...farm, gauges: { building: 2, load } });
const at = (seconds: number) => Date.UTC(2026, 0, 1, 12) + seconds * 1000;

test('a step that has passed tells how things are at its end, and what happened in its course', () => {
  const chronicle = new Chronicle();
  chronicle.count(farm, 'success', 2);
  chronicle.count(farm, 'success');
  chronicle.step([sample()], at(10.005));
  chronicle.step([sample(null)], at(20.005));
  expect(chronicle.of(farm)).toEqual([
    {
      ...{ ...farm, stepMs: 10_000, atMs: at(0) },
      figures: {
        building: [2, 2, null, null, null, null],
        load: [1, null, null, null, null, null],
        success: [3, null, null, null, null, null],
      },
    },
  ]);
  expect(chronicle.full(at(20))).toEqual([]);
});

test('a minute is whole when its last step has passed, and is held until the database has it', () => {
  const chronicle = new Chronicle();
  for (const second of [10, 20, 30, 40, 50, 60]) chronicle.step([sample()], at(second));
  const minutes = chronicle.full(at(60));
  expect(minutes).toMatchObject([{ atMs: at(0), figures: { building: [2, 2, 2, 2, 2, 2] } }]);
  expect(chronicle.full(at(61))).toEqual(minutes);
  chronicle.step([sample()], at(70));
  expect(chronicle.of(farm).map(({ atMs }) => atMs)).toEqual([at(0), at(60)]);
  chronicle.kept(minutes);
  expect(chronicle.full(at(71))).toEqual([]);
});

test('a master that slept has a gap in its history, and goes on in the minute that it woke in', () => {
  const chronicle = new Chronicle();
  chronicle.step([sample()], at(10));
  chronicle.step([sample()], at(200));
  expect(chronicle.of(farm)).toMatchObject([
    { atMs: at(0), figures: { building: [2, null, null, null, null, null] } },
    { atMs: at(180), figures: { building: [null, 2, null, null, null, null] } },
  ]);
});

test('a master that stops hands its unfinished minute on', () => {
  const chronicle = new Chronicle();
  chronicle.step([sample()], at(10));
  chronicle.close();
  expect(chronicle.full(at(12))).toMatchObject([
    { atMs: at(0), figures: { building: [2, null, null, null, null, null] } },
  ]);
});

test('while the database is away no more than ten minutes are held', () => {
  const chronicle = new Chronicle();
  for (let minute = 1; minute <= 30; minute++) chronicle.step([sample()], at(minute * 60));
  expect(chronicle.full(at(1800)).map(({ atMs }) => atMs)).toEqual(
    Array.from({ length: 9 }, (_, i) => at((21 + i) * 60)),
  );
});
