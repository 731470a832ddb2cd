import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type StrayReport, Strays } from './strays.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted() {
  const reports: StrayReport[] = [];
  return { reports, strays: new Strays((report) => reports.push(report)) };
}

test('the first stray is reported at once, the others of the minute together', () => {
  const { reports, strays } = counted();
  for (const fault of ['first', 'second', 'third']) strays.note(fault);
  expect(reports).toEqual([{ count: 1, example: 'first' }]);
  vi.advanceTimersByTime(60_000);
  expect(reports.slice(1)).toEqual([{ count: 2, example: 'third' }]);
});

test('a quiet minute is not reported, and the next stray is at once', () => {
  const { reports, strays } = counted();
  strays.note('first');
  vi.advanceTimersByTime(120_000);
  strays.note('second');
  expect(reports.map(({ example }) => example)).toEqual(['first', 'second']);
});

test('what was counted before the close is reported with it', () => {
  const { reports, strays } = counted();
  strays.note('first');
  strays.note('second');
  strays.close();
  expect(reports).toHaveLength(2);
  expect(vi.getTimerCount()).toBe(0);
});

test("a stranger's words can't steer the terminal that shows the log", () => {
  const { reports, strays } = counted();
  strays.note(`\u001b[2J${'x'.repeat(1000)}`);
  expect(reports[0]?.example).toBe(`?[2J${'x'.repeat(196)}`);
});
