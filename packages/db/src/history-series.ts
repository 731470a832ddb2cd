import { outcome } from '@piw/wheel/outcome';

/** What is so at a moment; a longer step has its average. Those that end in Used are shares of the whole, from 0 to 1. */
export const gauges = [
  'building',
  'waiting',
  'delayed',
  'slaves',
  'load',
  'temperatureC',
  'memoryUsed',
  'diskUsed',
  'swapUsed',
] as const;

/** What is counted in the course of a step; a longer step has its sum. Builds that ended are counted by their outcome. */
export const counters = ['receivedBytes', ...outcome.options] as const;

export const series = [...gauges, ...counters] as const;

export type Gauge = (typeof gauges)[number];
export type Counter = (typeof counters)[number];
export type Series = Gauge | Counter;

/** What has a history; the farm's name is empty. */
export interface HistorySubject {
  readonly kind: 'farm' | 'slave' | 'target';
  readonly name: string;
}

/** The steps of a piece of history; null is a step of which nothing is known. */
export type Steps = readonly (number | null)[];

/**
 * A piece of a subject's history. A step was seen if its `building` is known: then a gauge that is null doesn't
 * exist there, and a counter that is missing or null counted nothing.
 */
export interface HistoryPiece extends HistorySubject {
  readonly stepMs: number;
  readonly atMs: number;
  readonly figures: Readonly<Partial<Record<Series, Steps | null>>>;
}

/** How long a step is, how long the piece that a row holds, and for how long at least it is kept; milliseconds (DESIGN §5). */
export interface Grain {
  readonly stepMs: number;
  readonly pieceMs: number;
  readonly keptMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** From fine to coarse; a piece of one is a step of none, but pieces of each lie within one of the next. */
export const grains: readonly [Grain, Grain, Grain] = [
  { stepMs: 10_000, pieceMs: minuteMs, keptMs: hourMs },
  { stepMs: minuteMs, pieceMs: hourMs, keptMs: dayMs },
  { stepMs: 15 * minuteMs, pieceMs: dayMs, keptMs: 31 * dayMs },
];

/** The column that a series has: `memoryUsed` is in `memory_used`, `no-source` in `no_source`. */
export const columnOf = (name: Series): string =>
  name.replaceAll('-', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
