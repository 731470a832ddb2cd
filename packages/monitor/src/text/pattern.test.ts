import { expect, test } from 'vitest';
import { patternOf } from './pattern.ts';

test('what is looked for is a regular expression, whatever the case', () => {
  expect(patternOf('rock-[12]$').isIn('on ROCK-2')).toBe(true);
  expect(patternOf('rock-[12]$').isIn('on rock-21')).toBe(false);
  expect(patternOf('o+').placeIn('a looong way')).toEqual([3, 6]);
  expect(patternOf('x*').placeIn('abc')).toBeNull();
});

test('what makes no sense as one is looked for as it is', () => {
  expect(patternOf('(a').placeIn('the (A team')).toEqual([4, 6]);
  expect(patternOf('(a').isIn('a team')).toBe(false);
  expect(patternOf('[').fault).toBe('missing closing ]');
  expect(patternOf('[a]').fault).toBeNull();
});

test('no expression takes longer than the text is long', () => {
  const text = `${'a'.repeat(100_000)}b`;
  const began = performance.now();
  expect(patternOf('(a+)+$').isIn(text)).toBe(false);
  expect(patternOf('(\\w+\\W?)+#').isIn(text)).toBe(false);
  expect(performance.now() - began).toBeLessThan(5000);
});
