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

interface About {
  readonly db: Queryable;
  readonly now: () => number;
  readonly startedMs: number;
}

/** The figures of the farm. Builds are counted in the database once, then as they end: a day may have millions. */
export class Figures {
  readonly #db: Queryable;
  readonly #now: () => number;
  readonly #startedMs: number;
  #dayMs: number;
  #today: OutcomeCounts;
  readonly #lastHour: LastHour;

  /** `startedMs`: since when the master of this farm runs. */
  static async open(db: Queryable, now: () => number, startedMs: number): Promise<Figures> {
    const [today, ends] = [await outcomesSince(db, dayOf(now())), await endsByStep(db, now() - hourMs, lastHourStepMs)];
    return new Figures({ db, now, startedMs }, today, new LastHour(ends));
  }

  private constructor({ db, now, startedMs }: About, today: OutcomeCounts, lastHour: LastHour) {
    this.#db = db;
    this.#now = now;
    this.#startedMs = startedMs;
    this.#dayMs = dayOf(now());
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
    const spanMs = this.#spanMs(nowMs);
    return {
      ...{ lastHour: this.#lastHour.outcomes(nowMs), today: this.#today, ...held },
      targets: targets.map((target) => pictureOf(target, settled.get(target.target) ?? 0, spanMs)),
    };
  }

  /** How much of the last hour there was a farm in; in minutes, so that it isn't news all the time. */
  #spanMs(nowMs: number): number {
    const sinceMs = Math.min(this.#startedMs, this.#lastHour.sinceMs(nowMs) ?? this.#startedMs);
    return Math.min(hourMs, Math.max(1, Math.ceil((nowMs - sinceMs) / minuteMs)) * minuteMs);
  }

  #turnDay(): void {
    const day = dayOf(this.#now());
    if (day === this.#dayMs) return;
    this.#dayMs = day;
    this.#today = {};
  }
}

/** From how much on a rate tells when it is all done. */
const enough = { spanMs: 5 * minuteMs, builds: 10 };

function pictureOf(figures: StoredFigures, settled: number, spanMs: number): TargetFigures {
  const { target, waiting, oldestMs, medianMs } = figures;
  const isTelling = spanMs >= enough.spanMs || settled >= enough.builds;
  return {
    ...{ target, waiting, oldestMs, perHour: Math.round((settled * hourMs) / spanMs) },
    emptyMs: waiting === 0 ? 0 : isTelling ? emptyMs(waiting, settled, spanMs) : null,
    medianMs: medianMs === null ? null : Math.round(medianMs),
  };
}

/** A queue that nobody works off is never empty; minutes are enough, so that it isn't news all the time. */
const emptyMs = (waiting: number, settled: number, spanMs: number): number | null =>
  settled === 0 ? null : Math.ceil((waiting * spanMs) / settled / minuteMs) * minuteMs;
