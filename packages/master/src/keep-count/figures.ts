import type { Queryable } from '@piw/db/queryable';
import { endsByStep, type OutcomeCounts, outcomesSince } from '@piw/db/statistics';
import { totals } from '@piw/db/tallies';
import { type TargetFigures as StoredFigures, targetFigures } from '@piw/db/target-figures';
import type { BuildPicture, StatisticsPicture, TargetFigures } from '@piw/wire/status-protocol';
import { LastHour, lastHourStepMs } from './last-hour.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Midnight UTC of the day that a time is in. */
const dayOf = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

/** What is told of a build that ended. */
type End = Pick<BuildPicture, 'outcome' | 'target' | 'endedMs'>;

/** The figures of the farm. Builds are counted in the database once, then as they end: a day may have millions. */
export class Figures {
  readonly #db: Queryable;
  readonly #now: () => number;
  #dayMs: number;
  #today: OutcomeCounts;
  readonly #lastHour: LastHour;

  static async open(db: Queryable, now: () => number): Promise<Figures> {
    const day = dayOf(now());
    const today = await outcomesSince(db, day);
    return new Figures(db, now, day, today, new LastHour(await endsByStep(db, now() - hourMs, lastHourStepMs)));
  }

  private constructor(db: Queryable, now: () => number, day: number, today: OutcomeCounts, lastHour: LastHour) {
    this.#db = db;
    this.#now = now;
    this.#dayMs = day;
    this.#today = today;
    this.#lastHour = lastHour;
  }

  /** A build ended. */
  note({ outcome, target, endedMs }: End): void {
    if (outcome === null || endedMs === null) return;
    this.#lastHour.note(target, outcome, endedMs);
    this.#turnDay();
    this.#today = { ...this.#today, [outcome]: (this.#today[outcome] ?? 0) + 1 };
  }

  /** A build that had been lost goes on: its end counts no more. */
  takeBack({ outcome, target, endedMs }: End): void {
    if (outcome === null || endedMs === null) return;
    this.#lastHour.note(target, outcome, endedMs, -1);
    const { [outcome]: counted = 0, ...others } = this.#today;
    this.#today = counted > 1 ? { ...others, [outcome]: counted - 1 } : others;
  }

  async read(): Promise<StatisticsPicture> {
    this.#turnDay();
    const nowMs = this.#now();
    const [held, targets] = await Promise.all([totals(this.#db), targetFigures(this.#db)]);
    const settled = this.#lastHour.settled(nowMs);
    return {
      ...{ lastHour: this.#lastHour.outcomes(nowMs), today: this.#today, ...held },
      targets: targets.map((target) => pictureOf(target, settled.get(target.target) ?? 0)),
    };
  }

  #turnDay(): void {
    const day = dayOf(this.#now());
    if (day === this.#dayMs) return;
    this.#dayMs = day;
    this.#today = {};
  }
}

/** A queue that nobody works off is never empty; minutes are enough, so that it isn't news all the time. */
const pictureOf = ({ target, waiting, oldestMs, medianMs }: StoredFigures, perHour: number): TargetFigures => ({
  ...{ target, waiting, oldestMs, perHour },
  emptyMs: waiting === 0 ? 0 : perHour === 0 ? null : Math.ceil(((waiting / perHour) * hourMs) / minuteMs) * minuteMs,
  medianMs: medianMs === null ? null : Math.round(medianMs),
});
