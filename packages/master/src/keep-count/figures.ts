import type { Queryable } from '@piw/db/queryable';
import { type OutcomeCounts, outcomesSince } from '@piw/db/statistics';
import { totals } from '@piw/db/tallies';
import { type TargetFigures as StoredFigures, targetFigures } from '@piw/db/target-figures';
import type { BuildPicture, StatisticsPicture, TargetFigures } from '@piw/wire/status-protocol';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
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
    const sinceMs = this.#now() - hourMs;
    const [lastHour, held, targets] = await Promise.all([
      outcomesSince(this.#db, sinceMs),
      totals(this.#db),
      targetFigures(this.#db, sinceMs),
    ]);
    return { lastHour, today: this.#today, ...held, targets: targets.map(pictureOf) };
  }

  #turnDay(): void {
    const day = dayOf(this.#now());
    if (day === this.#dayMs) return;
    this.#dayMs = day;
    this.#today = {};
  }
}

/** A queue that nobody works off is never empty; minutes are enough, so that it isn't news all the time. */
const pictureOf = ({ target, ended, waiting, oldestMs, medianMs }: StoredFigures): TargetFigures => ({
  ...{ target, waiting, oldestMs, perHour: ended },
  emptyMs: waiting === 0 ? 0 : ended === 0 ? null : Math.ceil(((waiting / ended) * hourMs) / minuteMs) * minuteMs,
  medianMs: medianMs === null ? null : Math.round(medianMs),
});
