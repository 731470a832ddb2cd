import { expect, test } from 'vitest';
import { Allowance } from './allowance.ts';

test('what one has spent comes back with time, and never becomes more than it was', () => {
  let nowMs = 0;
  const allowance = new Allowance(10, 5, () => nowMs);
  allowance.spend('ann', 10);
  expect([allowance.waitMs('ann'), allowance.waitMs('bob')].map(Math.round)).toEqual([0, 0]);
  allowance.spend('ann', 5);
  expect(Math.round(allowance.waitMs('ann'))).toBe(1000);
  nowMs = 1000;
  expect(Math.round(allowance.waitMs('ann'))).toBe(0);
  nowMs = 1001;
  expect(allowance.waitMs('ann')).toBe(0);
  nowMs = 60_000;
  allowance.spend('ann', 15);
  expect(Math.round(allowance.waitMs('ann'))).toBe(1000);
});

test('however many come, no more than some are remembered', () => {
  const allowance = new Allowance(1, 1, () => 0);
  allowance.spend('ann', 2);
  expect(allowance.waitMs('ann')).toBeGreaterThan(0);
  for (let n = 0; n < 10_000; n++) allowance.spend(`p${n}`, 2);
  expect(allowance.waitMs('ann')).toBe(0);
});
