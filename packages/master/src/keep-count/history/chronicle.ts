import {
  type Counter,
  counters,
  gauges,
  grains,
  type HistoryPiece,
  type HistorySubject,
  type Series,
} from '@piw/db/history-series';
import type { Sample } from './samples.ts';

const [{ stepMs, pieceMs }] = grains;
const stepsInPiece = pieceMs / stepMs;

/** Pieces that the database can't take now are held for it this long, in milliseconds. */
const heldMs = 10 * 60_000;

type OpenPiece = HistoryPiece & { readonly figures: Partial<Record<Series, (number | null)[]>> };

/** The last minute of everything's history, step by step as it passes, and what the database hasn't got yet. Pure but for what it holds. */
export class Chronicle {
  readonly #counts = new Map<string, HistorySubject & { readonly of: Map<Counter, number> }>();
  #open = new Map<string, OpenPiece>();
  #openMs = 0;
  #full: OpenPiece[] = [];

  /** Something happened, so many times, in the step that passes. */
  count(subject: HistorySubject, counter: Counter, times = 1): void {
    const counts = this.#counts.get(keyOf(subject)) ?? { ...subject, of: new Map<Counter, number>() };
    counts.of.set(counter, (counts.of.get(counter) ?? 0) + times);
    this.#counts.set(keyOf(subject), counts);
  }

  /** A step has passed: the one that ended last before `nowMs`, with how everything was at its end. */
  step(samples: readonly Sample[], nowMs: number): void {
    const atMs = Math.floor(nowMs / stepMs - 1) * stepMs;
    const pieceAtMs = Math.floor(atMs / pieceMs) * pieceMs;
    if (pieceAtMs !== this.#openMs) this.#turn(pieceAtMs);
    const step = (atMs - pieceAtMs) / stepMs;
    for (const sample of samples) this.#write(sample, step);
    this.#counts.clear();
    if (step === stepsInPiece - 1) this.#turn(pieceAtMs + pieceMs);
  }

  /** What the database hasn't got, from now on without what is too old to be held any longer. */
  full(nowMs: number): readonly HistoryPiece[] {
    this.#full = this.#full.filter(({ atMs }) => atMs > nowMs - heldMs);
    return this.#full;
  }

  /** The database has these. */
  kept(pieces: readonly HistoryPiece[]): void {
    const those = new Set(pieces);
    this.#full = this.#full.filter((piece) => !those.has(piece));
  }

  /** Ends the minute that passes, for the next master to go on with. */
  close(): void {
    this.#turn(0);
  }

  /** What is here of a subject: not in the database, or not all of it. */
  of(subject: HistorySubject): HistoryPiece[] {
    const key = keyOf(subject);
    return [...this.#full, ...this.#open.values()].filter((piece) => keyOf(piece) === key);
  }

  #turn(pieceAtMs: number): void {
    this.#full.push(...this.#open.values());
    this.#open = new Map();
    this.#openMs = pieceAtMs;
  }

  #write({ gauges: known, ...subject }: Sample, step: number): void {
    const key = keyOf(subject);
    const piece = this.#open.get(key) ?? { ...subject, stepMs, atMs: this.#openMs, figures: {} };
    this.#open.set(key, piece);
    const set = (name: Series, value: number | null | undefined) => {
      if (value == null) return;
      const steps = (piece.figures[name] ??= new Array<number | null>(stepsInPiece).fill(null));
      steps[step] = value;
    };
    for (const gauge of gauges) set(gauge, known[gauge]);
    for (const counter of counters) set(counter, this.#counts.get(key)?.of.get(counter));
  }
}

const keyOf = ({ kind, name }: HistorySubject): string => `${kind} ${name}`;
