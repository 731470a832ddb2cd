import type { Outcome } from '@piw/wheel/outcome';

/** How builds ended, for people: well; not, and so it stays; not, and they are tried again. What was cancelled, skipped or had no source is none of these. */
export interface Ends {
  readonly good: number;
  readonly failed: number;
  readonly again: number;
}

/** Outcomes that say something of what was built. */
export const failedOutcomes = ['failure', 'timeout', 'memory', 'rejected'] as const satisfies readonly Outcome[];
/** Outcomes that only say something of the attempt. */
export const againOutcomes = ['transient', 'lost'] as const satisfies readonly Outcome[];

/** Counts them, the same way in all programs. */
export const countEnds = (by: Partial<Record<Outcome, number>>): Ends => ({
  good: by.success ?? 0,
  failed: sum(by, failedOutcomes),
  again: sum(by, againOutcomes),
});

const sum = (by: Partial<Record<Outcome, number>>, which: readonly Outcome[]): number =>
  which.reduce((all, outcome) => all + (by[outcome] ?? 0), 0);
