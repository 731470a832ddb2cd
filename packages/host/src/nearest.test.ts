import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['lable', 'label'],
  ['maste', 'master'],
  ['mastter', 'master'],
  ['masker', 'master'],
  ['m', undefined],
  ['unrelated', undefined],
])('who typed %s meant %s', (typed, meant) => expect(nearest(typed, ['master', 'label', 'timeout'])).toBe(meant));
