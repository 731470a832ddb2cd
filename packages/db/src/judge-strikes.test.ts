import type { Outcome } from '@piw/wheel/outcome';
import { expect, test } from 'vitest';
import { afterEnd, isStrike, quarantined, type Strikes } from './judge-strikes.ts';

const clean: Strikes = { inARow: 0, sinceMs: 0, quarantines: 0, quarantine: null };
const end = (outcome: Outcome, counts = true) => ({ outcome, text: 'the disk is full', counts });
const after = (...outcomes: Outcome[]) =>
  outcomes.reduce((strikes, outcome, index) => afterEnd(strikes, end(outcome), 1000 * (index + 1)), clean);

test('transient and rejected builds in a row are counted from the first of them', () => {
  expect(after('transient', 'rejected', 'transient')).toMatchObject({ inARow: 3, sinceMs: 1000 });
});

test('a build that ran breaks the row, however it ended', () => {
  for (const ran of ['success', 'failure', 'timeout', 'memory'] as const)
    expect(after('transient', 'transient', ran)).toMatchObject({ inARow: 0 });
});

test('what was lost, cancelled, skipped or had no source says nothing of its slave', () => {
  expect(after('transient', 'lost', 'cancelled', 'skipped', 'no-source', 'transient')).toMatchObject({ inARow: 2 });
});

test('what the world is to blame for is no strike', () => {
  expect(isStrike(end('transient', false))).toBe(false);
  expect(afterEnd(clean, end('transient', false), 5)).toEqual(clean);
});

test('quarantine lasts a minute, twice as long each time, and an hour at most', () => {
  let strikes = clean;
  const minutes = Array.from({ length: 8 }, () => {
    strikes = quarantined(strikes, 'the disk is full', 0);
    return strikes.quarantine!.untilMs / 60_000;
  });
  expect(minutes).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test('a success ends quarantine, and the next one is short again', () => {
  const struck = quarantined(after('transient', 'transient', 'transient'), 'the disk is full', 0);
  expect(afterEnd(struck, end('success'), 9)).toEqual({ inARow: 0, sinceMs: 9, quarantines: 0, quarantine: null });
});

test('a build that fails does not make the next quarantine short again', () => {
  const struck = quarantined(after('transient', 'transient', 'transient'), 'the disk is full', 0);
  expect(afterEnd(struck, end('failure'), 9)).toMatchObject({ inARow: 0, quarantines: 1 });
});
