import { expect, test } from 'vitest';
import { age, asMoment, moment, recently } from './moment.ts';

const now = new Date(2024, 4, 1, 12).getTime();

test('a duration is so long ago', () => {
  expect(asMoment('3h', now)).toBe(now - 3 * 3_600_000);
});

test('what is longer ago than anybody counts is 1970', () => {
  expect([asMoment('99999999999d', now), asMoment(`${'9'.repeat(59)}d`, now)]).toEqual([0, 0]);
});

test('a date is its first moment here, and may come with a time', () => {
  expect(asMoment('2024-04-30', now)).toBe(new Date(2024, 3, 30).getTime());
  expect(asMoment('2024-04-30T09:30', now)).toBe(new Date(2024, 3, 30, 9, 30).getTime());
});

test.each([['2024-13-45'], ['last week'], ['']])('"%s" is no moment', (text) => {
  expect(() => asMoment(text, now)).toThrow('is no moment');
});

test('ages are whole seconds, and a clock that runs ahead shows no negative ones', () => {
  expect([age(now - 1900, now), age(now, now), age(now + 5000, now)]).toEqual(['1s', '1s', '1s']);
});

test('what is older than a year is told in years and days', () => {
  const days = (n: number): string => age(now - n * 24 * 3_600_000, now);
  expect([days(365), days(366), days(400), days(5812.7), days(5844)]).toEqual([
    '365d',
    '1y',
    '1y34d',
    '15y333d',
    '16y',
  ]);
});

test('what was long ago is told by its day', () => {
  expect(recently(now - 2 * 24 * 3_600_000, now)).toBe('2d ago');
  expect(recently(new Date(2022, 9, 19, 12).getTime(), now)).toBe('2022-10-19');
});

test('a moment is shown by the clock of this machine', () => {
  expect(moment(now)).toBe('2024-05-01 12:00:00');
  expect(moment(Number.MAX_VALUE)).toBe('?');
});
