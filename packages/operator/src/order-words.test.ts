import { expect, test } from 'vitest';
import { orderWords } from './order-words.ts';

test.each([
  ['PAUSE', 'pause'],
  ['UNPREFER_TARGET', 'unprefer target'],
])('the order %s is told as "%s"', (order, words) => {
  expect(orderWords(order)).toBe(words);
});
