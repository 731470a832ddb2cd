import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

test.each([
  ['3h', 10_800_000],
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['1.5 h', 5_400_000],
  ['250ms', 250],
  ['2d', 172_800_000],
  ['60', 60_000],
  ['2min', 120_000],
])('"%s" lasts %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(['', 'soon', '3 weeks', '-1h', '1h-5m', 'h', '1h'.repeat(100)])('"%s" is no duration', (text) =>
  expect(() => parseDuration(text)).toThrow(/write it like 90s/),
);

test.each([
  [0, '0ms'],
  [250, '250ms'],
  [1500, '1.5s'],
  [59_000, '59s'],
  [59_900, '1m'],
  [90_000, '1m30s'],
  [3_599_900, '1h'],
  [10_800_000, '3h'],
  [5_400_000, '1h30m'],
  [187_200_000, '2d4h'],
])('%d ms are said as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
