import { expect, test } from 'vitest';
import { allowance } from './allowance.ts';

const usual = { timeoutMs: 100, memoryBytes: 50, diskBytes: null, outputBytes: 5 };

test('a recipe gets more than is usual, and never more than the owner of the slave allows', () => {
  const recipe = { timeoutMs: 900, memoryBytes: 900, pure: true };
  const generous = { timeoutMs: 1000, memoryBytes: null, diskBytes: 70, outputBytes: 9 };
  expect(allowance({ limits: usual, recipe }, generous)).toEqual({
    limits: { timeoutMs: 900, memoryBytes: 900, diskBytes: 70, outputBytes: 5 },
    recipe: { pure: true },
  });
  const strict = { timeoutMs: 10, memoryBytes: 20, diskBytes: 30, outputBytes: 1 };
  expect(allowance({ limits: usual, recipe }, strict).limits).toEqual(strict);
});

test('without a recipe the lesser of what the master and the owner say holds', () => {
  const { limits } = allowance({ limits: usual, recipe: {} }, { ...usual, timeoutMs: 200, memoryBytes: 40 });
  expect(limits).toEqual({ ...usual, memoryBytes: 40 });
});
