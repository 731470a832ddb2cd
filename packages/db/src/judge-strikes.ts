import type { Outcome } from '@piw/wheel/outcome';
import type { Quarantine } from './quarantine.ts';

/** How a slave stands: its transient and rejected ends in a row since a time, and how often they led to quarantine since its last success. */
export interface Strikes {
  readonly inARow: number;
  readonly sinceMs: number;
  readonly quarantines: number;
  readonly quarantine: Quarantine | null;
}

/** An end of one of its attempts; uncounted ones are nobody's fault. */
export interface Strike {
  readonly outcome: Outcome;
  readonly text: string;
  readonly counts: boolean;
}

/** So many strikes in a row, while others succeed, are the slave's own fault. */
export const strikesAllowed = 3;

const minuteMs = 60_000;
const longestMs = 60 * minuteMs;

/** Whether an end speaks against the slave that it came from. */
export const isStrike = ({ outcome, counts }: Strike): boolean =>
  counts && (outcome === 'transient' || outcome === 'rejected');

/**
 * How a slave stands after one more end (DESIGN §7). A build that ran, however it ended, breaks the row; only a success makes the next
 * quarantine short again. What was lost, cancelled, skipped or had no source says nothing of the slave.
 */
export function afterEnd(before: Strikes, end: Strike, nowMs: number): Strikes {
  if (end.outcome === 'success') return { inARow: 0, sinceMs: nowMs, quarantines: 0, quarantine: null };
  if (isStrike(end))
    return { ...before, inARow: before.inARow + 1, sinceMs: before.inARow === 0 ? nowMs : before.sinceMs };
  return end.outcome === 'failure' || end.outcome === 'timeout' || end.outcome === 'memory'
    ? { ...before, inARow: 0, sinceMs: nowMs }
    : before;
}

/** A slave that struck out while others succeed: a minute at first, twice as long each further time, an hour at most. */
export function quarantined(before: Strikes, text: string, nowMs: number): Strikes {
  const lastsMs = Math.min(longestMs, minuteMs * 2 ** before.quarantines);
  const why = `${before.inARow} builds in a row did not end as they should, while other slaves succeed; the last: ${text}`;
  const quarantine = { sinceMs: nowMs, untilMs: nowMs + lastsMs, why: why.slice(0, 2000) };
  return { ...before, quarantines: before.quarantines + 1, quarantine };
}
