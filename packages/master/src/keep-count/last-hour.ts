import type { EndsInStep, OutcomeCounts } from '@piw/db/statistics';
import type { Outcome } from '@piw/wheel/outcome';

const hourMs = 3_600_000;

/** An hour is counted in steps of this length, in milliseconds. */
export const lastHourStepMs = 10_000;

/** These come again: a target is no further for them. */
const passing: ReadonlySet<Outcome> = new Set(['cancelled', 'skipped', 'lost', 'transient']);

/** How builds of the last hour ended, kept as they end: at fifty a second nobody wants to count them again and again. */
export class LastHour {
  #steps = new Map<number, EndsInStep[]>();

  constructor(known: readonly EndsInStep[]) {
    for (const ends of known) this.#add(ends);
  }

  /** A build for a target ended at a time; or, with -1, did not after all. */
  note(target: string, outcome: Outcome, endedMs: number, n = 1): void {
    const atMs = Math.floor(endedMs / lastHourStepMs) * lastHourStepMs;
    const ends = this.#steps.get(atMs)?.find((one) => one.target === target && one.outcome === outcome);
    this.#add({ atMs, target, outcome, n: Math.max(n, -(ends?.n ?? 0)) });
  }

  /** All that ended in the hour before a time. */
  outcomes(nowMs: number): OutcomeCounts {
    const counts: Partial<Record<Outcome, number>> = {};
    for (const { outcome, n } of this.#since(nowMs)) if (n > 0) counts[outcome] = (counts[outcome] ?? 0) + n;
    return counts;
  }

  /** By target, what ended on its own account. */
  settled(nowMs: number): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { target, outcome, n } of this.#since(nowMs))
      if (!passing.has(outcome)) counts.set(target, (counts.get(target) ?? 0) + n);
    return counts;
  }

  /** Since when what is counted here ended; null: there is none. */
  sinceMs(nowMs: number): number | null {
    const counted = this.#since(nowMs).filter(({ outcome, n }) => n > 0 && !passing.has(outcome));
    return counted.reduce<number | null>((first, { atMs }) => Math.min(first ?? atMs, atMs), null);
  }

  #add(ends: EndsInStep): void {
    const step = this.#steps.get(ends.atMs) ?? [];
    const others = step.filter(({ target, outcome }) => target !== ends.target || outcome !== ends.outcome);
    const known = step.find((one) => !others.includes(one))?.n ?? 0;
    this.#steps.set(ends.atMs, [...others, { ...ends, n: known + ends.n }]);
  }

  #since(nowMs: number): EndsInStep[] {
    for (const atMs of this.#steps.keys()) if (atMs <= nowMs - hourMs) this.#steps.delete(atMs);
    return [...this.#steps.values()].flat();
  }
}
