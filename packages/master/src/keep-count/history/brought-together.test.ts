import type { HistoryPiece } from '@piw/db/history-series';
import { expect, test } from 'vitest';
import { broughtTogether } from './brought-together.ts';
import { chooseCourse } from './choose-course.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const noon = Date.UTC(2026, 0, 1, 12);
const all = (value: number, length = 6) => Array.from({ length }, () => value);
const piece = (stepMs: number, atMs: number, figures: HistoryPiece['figures']): HistoryPiece => ({
  ...{ kind: 'farm', name: '', stepMs, atMs },
  figures: { building: all(0, stepMs === minute ? 60 : 6), ...figures },
});

test('gauges are averaged and counts summed, and what nobody saw is a gap, not a zero', () => {
  const pieces = [
    piece(10 * second, noon, { load: [1, 3, null, 2, 2, 2], success: [1, 0, null, null, 2, 0] }),
    piece(10 * second, noon + 2 * minute, { building: [0, null, null, null, null, null] }),
  ];
  const course = { fromMs: noon, stepMs: 30 * second, points: 6 };
  expect(broughtTogether(pieces, ['load', 'success', 'failure'], course)).toEqual({
    load: [2, 2, null, null, null, null],
    success: [1, 2, null, null, 0, null],
    failure: [0, 0, null, null, 0, null],
  });
});

test('where an hour is there in steps of a minute, the minutes of ten seconds that made it are not counted again', () => {
  const pieces = [
    piece(minute, noon, { success: all(1, 60) }),
    piece(10 * second, noon + 59 * minute, { success: all(1) }),
    piece(10 * second, noon + hour, { success: all(2) }),
  ];
  const course = { fromMs: noon + 58 * minute, stepMs: minute, points: 3 };
  expect(broughtTogether(pieces, ['success'], course)).toEqual({ success: [1, 1, 12] });
});

test.each([
  ['the last hour at 360 points has all of its steps', hour, 361, 10 * second],
  ['the last hour at 100 points has steps that people can read', hour, 100, minute],
  ['the last day has minutes, as many as are wanted', day, 1000, 2 * minute],
  ['the last month has quarters of an hour, brought together', 31 * day, 1000, hour],
  ['the last month in very few steps has days brought together', 31 * day, 4, 11 * day],
])('%s', (_, agoMs, points, stepMs) => {
  const now = noon + 7 * second;
  const course = chooseCourse({ fromMs: now - agoMs, toMs: now, points }, now);
  expect(course.stepMs).toBe(stepMs);
  expect(course.points).toBeLessThanOrEqual(points);
  expect(course.fromMs).toBeLessThanOrEqual(now - agoMs);
  expect(course.fromMs + course.points * stepMs).toBeGreaterThanOrEqual(now);
});

test('a short time long ago has the steps that are kept of it', () => {
  const course = chooseCourse({ fromMs: noon - 3 * day, toMs: noon - 3 * day + hour, points: 1000 }, noon);
  expect(course).toEqual({ fromMs: noon - 3 * day, stepMs: 15 * minute, points: 4 });
});

test('nothing is told of what is older than a month, or still to come', () => {
  const course = chooseCourse({ fromMs: noon - 100 * day, toMs: noon + day, points: 1000 }, noon);
  expect(course).toEqual({ fromMs: noon - 31 * day, stepMs: hour, points: 31 * 24 });
  expect(chooseCourse({ fromMs: noon, toMs: noon - day, points: 10 }, noon).points).toBe(0);
});
