import { beforeEach, expect, test } from 'vitest';
import type { HistoryPiece } from './history-series.ts';
import { keepHistory } from './keep-history.ts';
import { readHistory } from './read-history.ts';
import { lateMs, rollUpHistory } from './roll-up-history.ts';
import { useDatabase } from './testing/use-database.ts';

const database = useDatabase();
beforeEach(() => database.pool.query('delete from history'));

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 0, 10, 12);
const slave = { kind: 'slave', name: 'rock-1' } as const;
const six = (value: number | null) => Array.from({ length: 6 }, () => value);
const aMinute = (atMs: number, figures: HistoryPiece['figures'] = {}): HistoryPiece => ({
  ...{ ...slave, stepMs: 10 * second, atMs },
  figures: { building: six(1), load: six(2), success: [1, 0, 0, 0, 0, 1], ...figures },
});
const anHour = (atMs: number): HistoryPiece => ({
  ...{ ...slave, stepMs: minute, atMs },
  figures: { building: Array.from({ length: 60 }, (_, i) => i % 2), failure: Array.from({ length: 60 }, () => 1) },
});
const read = (stepMs: number, subject: HistoryPiece | typeof slave = slave) =>
  readHistory(database.pool, subject, {
    ...{ fromMs: noon - 40 * day, toMs: noon + 40 * day, stepsMs: [stepMs] },
    series: ['load', 'success', 'failure', 'temperatureC'],
  });

test('a minute of history is read as it was written, and only by who asks for it', async () => {
  await keepHistory(database.pool, [aMinute(noon, { temperatureC: [40, null, 41.5, 42, 43, 44] })]);
  expect(await read(10 * second)).toEqual([
    {
      ...{ ...slave, stepMs: 10 * second, atMs: noon },
      figures: {
        ...{ building: six(1), load: six(2), success: [1, 0, 0, 0, 0, 1], failure: null },
        temperatureC: [40, null, 41.5, 42, 43, 44],
      },
    },
  ]);
  expect(
    await readHistory(database.pool, slave, {
      fromMs: noon + minute,
      toMs: noon + hour,
      stepsMs: [10 * second],
      series: [],
    }),
  ).toHaveLength(1);
  expect(await read(10 * second, { ...aMinute(noon), name: 'rock-2' })).toEqual([]);
});

test('a minute that two masters saw in parts is one, and saying it twice changes nothing', async () => {
  const [before, after] = [
    aMinute(noon, { building: [1, 1, null, null, null, null], load: null, success: [1, 0, null, null, null, null] }),
    aMinute(noon, { building: [null, null, null, 0, 0, 0], load: [null, null, null, 5, 5, 5], success: null }),
  ];
  for (const piece of [before, after, after]) await keepHistory(database.pool, [piece]);
  expect((await read(10 * second))[0]?.figures).toMatchObject({
    building: [1, 1, null, 0, 0, 0],
    load: [null, null, null, 5, 5, 5],
    success: [1, 0, null, null, null, null],
  });
});

test('a full hour becomes steps of a minute: gauges averaged, builds summed, what nobody saw unknown', async () => {
  const minutes = [0, 1, 59].map((i) => aMinute(noon + i * minute, i === 1 ? { load: [1, 2, 3, 4, 5, null] } : {}));
  await keepHistory(database.pool, minutes);
  await rollUpHistory(database.pool, noon + hour + lateMs - 1);
  expect(await read(minute)).toEqual([]);
  await rollUpHistory(database.pool, noon + hour + lateMs);
  await rollUpHistory(database.pool, noon + hour + lateMs);
  const [piece, ...others] = await read(minute);
  expect(others).toEqual([]);
  expect(piece).toMatchObject({ atMs: noon, stepMs: minute });
  const { building, load, success, failure } = piece!.figures;
  expect([building!.length, building!.slice(0, 3), building![59]]).toEqual([60, [1, 1, null], 1]);
  expect(load!.slice(0, 3)).toEqual([2, 3, null]);
  expect(success!.slice(0, 2)).toEqual([2, 2]);
  expect(failure).toBeNull();
});

test('a full day becomes steps of a quarter of an hour', async () => {
  const midnight = noon - 12 * hour;
  await keepHistory(database.pool, [anHour(midnight), anHour(midnight + 23 * hour)]);
  await rollUpHistory(database.pool, midnight + day + lateMs);
  const [piece] = await read(15 * minute);
  expect(piece).toMatchObject({ atMs: midnight, stepMs: 15 * minute });
  expect(piece!.figures.failure!.slice(0, 5)).toEqual([15, 15, 15, 15, null]);
  expect(piece!.figures.building!.slice(90)).toEqual([
    null,
    null,
    expect.closeTo(7 / 15),
    expect.closeTo(8 / 15),
    expect.closeTo(7 / 15),
    expect.closeTo(8 / 15),
  ]);
});

test('what is too fine for its age is forgotten, but never before it is rolled up', async () => {
  const months = [31, 33].map((days) => ({ ...anHour(noon - days * day), stepMs: 15 * minute }));
  await keepHistory(database.pool, [aMinute(noon), aMinute(noon + hour), aMinute(noon + 2 * hour), ...months]);
  await rollUpHistory(database.pool, noon + hour + lateMs - 1);
  const fine = async () => (await read(10 * second)).map(({ atMs }) => (atMs - noon) / hour);
  expect(await fine()).toEqual([0, 1, 2]);
  await rollUpHistory(database.pool, noon + 2 * hour + lateMs);
  expect(await fine()).toEqual([1, 2]);
  expect((await read(minute)).map(({ atMs }) => (atMs - noon) / hour)).toEqual([0, 1]);
  expect((await read(15 * minute)).map(({ atMs }) => (noon - atMs) / day)).toEqual([31]);
});

test('rolling up is of use again when the next hour is over', async () => {
  const next = noon + hour + lateMs;
  expect(await rollUpHistory(database.pool, noon + 20 * minute)).toBe(next);
  expect(await rollUpHistory(database.pool, next - 1)).toBe(next);
  expect(await rollUpHistory(database.pool, next)).toBe(next + hour);
});
