import type { SlaveEnds } from '@piw/db/statistics';

/** What is longer ago is not counted, in milliseconds. */
export const recentMs = 3_600_000;

type Ends = Omit<SlaveEnds, 'slaveId'>;

/** How many of one slave's builds succeeded and failed within the last hour. */
export class RecentEnds {
  #ends: Ends[] = [];

  /** In the order of their times. */
  note(atMs: number, success: boolean, n = 1): void {
    this.#ends.push({ atMs, success, n });
  }

  count(nowMs: number): { successes: number; failures: number } {
    const first = this.#ends.findIndex(({ atMs }) => atMs > nowMs - recentMs);
    this.#ends = first === -1 ? [] : this.#ends.slice(first);
    const sum = (wanted: boolean): number =>
      this.#ends.reduce((all, { success, n }) => all + (success === wanted ? n : 0), 0);
    return { successes: sum(true), failures: sum(false) };
  }
}

/** How many slaves are remembered for that; of more, those go that have built nothing. */
const mostRemembered = 10_000;

/** Those of all slaves: of one that leaves and comes again, and of what ended under the master before, too. */
export class EndsBySlave {
  readonly #all = new Map<number, RecentEnds>();

  constructor(known: readonly SlaveEnds[]) {
    for (const { slaveId, atMs, success, n } of known.toSorted((a, b) => a.atMs - b.atMs))
      this.#at(slaveId).note(atMs, success, n);
  }

  of(slaveId: number, nowMs: number): RecentEnds {
    if (this.#all.size >= mostRemembered) this.#forget(nowMs);
    return this.#at(slaveId);
  }

  #at(slaveId: number): RecentEnds {
    const ends = this.#all.get(slaveId) ?? new RecentEnds();
    this.#all.set(slaveId, ends);
    return ends;
  }

  #forget(nowMs: number): void {
    for (const [slaveId, ends] of this.#all) {
      const { successes, failures } = ends.count(nowMs);
      if (successes + failures === 0) this.#all.delete(slaveId);
    }
  }
}
