import type { SlaveEnds } from '@piw/db/statistics';

const hourMs = 3_600_000;

type Ends = Omit<SlaveEnds, 'slaveId'>;

/** How many of one slave's builds succeeded and failed within the last hour. */
export class RecentEnds {
  #ends: Ends[];

  constructor(known: readonly Ends[] = []) {
    this.#ends = [...known];
  }

  note(atMs: number, success: boolean): void {
    this.#ends.push({ atMs, success, n: 1 });
  }

  count(nowMs: number): { successes: number; failures: number } {
    const first = this.#ends.findIndex(({ atMs }) => atMs > nowMs - hourMs);
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
    const bySlave = new Map<number, Ends[]>();
    for (const ends of known.toSorted((a, b) => a.atMs - b.atMs))
      bySlave.set(ends.slaveId, [...(bySlave.get(ends.slaveId) ?? []), ends]);
    for (const [slaveId, ends] of bySlave) this.#all.set(slaveId, new RecentEnds(ends));
  }

  of(slaveId: number, nowMs: number): RecentEnds {
    const ends = this.#all.get(slaveId) ?? new RecentEnds();
    if (this.#all.size >= mostRemembered) this.#forget(nowMs);
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
