import { expect, test } from 'vitest';
import { countEnds } from './count-ends.ts';

test('what was cancelled, skipped or had no source counts neither for nor against what was built', () => {
  const neither = { cancelled: 7, skipped: 8, 'no-source': 9 };
  const by = { success: 5, failure: 1, timeout: 2, memory: 3, rejected: 4, transient: 10, lost: 20, ...neither };
  expect(countEnds(by)).toEqual({ good: 5, failed: 10, again: 30 });
  expect(countEnds({})).toEqual({ good: 0, failed: 0, again: 0 });
});
