import { expect, test } from 'vitest';
import { againAfterMs } from './busy-index-error.ts';

const nowMs = Date.parse('2026-05-04T03:02:00Z');

test.each([
  [503, '120', 120_000],
  [429, 'Mon, 04 May 2026 03:02:10 GMT', 10_000],
  [429, 'Mon, 04 May 2026 03:01:00 GMT', undefined],
  [429, 'when it rains', undefined],
  [429, null, undefined],
  [503, '-1', undefined],
  [200, '120', undefined],
])('an index that answers %s and Retry-After %s wants to be asked again in %s ms', (status, told, ms) => {
  expect(againAfterMs(status, told, nowMs)).toBe(ms);
});
