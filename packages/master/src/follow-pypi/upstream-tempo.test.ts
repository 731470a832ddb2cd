import { expect, test } from 'vitest';
import { BusyIndexError } from './busy-index-error.ts';
import { UpstreamTempo } from './upstream-tempo.ts';

const pace = { everyMs: 3_600_000, gapMs: 200, retryMs: 60_000, lookMs: 1000 };
const busy = (againMs: number) => new BusyIndexError('https://index.example/', 503, againMs);

/** How long it rests after each of these failures. */
function rests(...failures: Error[]): number[] {
  const tempo = new UpstreamTempo(pace);
  return failures.map((error) => {
    tempo.failed(error);
    return tempo.restMs;
  });
}

test('a page or two that can’t be had slow nothing down, and an index that is down is asked once a minute', () => {
  const down = Array.from({ length: 10 }, () => new Error('it answers 503'));
  expect(rests(...down)).toEqual([200, 200, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});

test('an index that says when to come again is asked then, but not in a year', () => {
  expect(rests(busy(300_000), busy(300_000), busy(300_000))).toEqual([200, 200, 300_000]);
  expect(rests(busy(9e12), busy(9e12), busy(9e12))).toEqual([200, 200, 3_600_000]);
});

test('one answer shows that an index is back', () => {
  const tempo = new UpstreamTempo(pace);
  expect(tempo.heard()).toBe(false);
  for (const error of [busy(1), busy(2), busy(3)]) tempo.failed(error);
  expect([tempo.isDead, tempo.heard(), tempo.isDead, tempo.restMs]).toEqual([true, true, false, 200]);
});
