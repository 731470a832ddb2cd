import type { Queryable } from '@piw/db/queryable';
import { type OutcomeCounts, outcomesSince } from '@piw/db/statistics';
import { totals } from '@piw/db/tallies';
import type { BuildPicture, StatisticsPicture } from '@piw/wire/status-protocol';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Midnight UTC of the day that a time is in. */
const dayOf = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

/** The figures of the farm. Today's builds are counted in the database once, then as they end: a day may have millions. */
export class Figures {
  readonly #db: Queryable;
  readonly #now: () => number;
  #dayMs: number;
  #today: OutcomeCounts;

  static async open(db: Queryable, now: () => number): Promise<Figures> {
    const today = dayOf(now());
    return new Figures(db, now, today, await outcomesSince(db, today));
  }

  private constructor(db: Queryable, now: () => number, day: number, today: OutcomeCounts) {
    this.#db = db;
    this.#now = now;
    this.#dayMs = day;
    this.#today = today;
  }

  /** A build ended. */
  note({ outcome }: Pick<BuildPicture, 'outcome'>): void {
    if (outcome === null) return;
    this.#turnDay();
    this.#today = { ...this.#today, [outcome]: (this.#today[outcome] ?? 0) + 1 };
  }

  /** A build that had been lost goes on: its end counts no more. */
  takeBack({ outcome }: Pick<BuildPicture, 'outcome'>): void {
    if (outcome === null) return;
    const { [outcome]: counted = 0, ...others } = this.#today;
    this.#today = counted > 1 ? { ...others, [outcome]: counted - 1 } : others;
  }

  async read(): Promise<StatisticsPicture> {
    this.#turnDay();
    const [lastHour, held] = await Promise.all([outcomesSince(this.#db, this.#now() - hourMs), totals(this.#db)]);
    return { lastHour, today: this.#today, ...held };
  }

  #turnDay(): void {
    const day = dayOf(this.#now());
    if (day === this.#dayMs) return;
    this.#dayMs = day;
    this.#today = {};
  }
}
