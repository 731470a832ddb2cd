import { grains } from '@piw/db/history-series';
import type { Course } from './brought-together.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Steps that people can read, each a multiple of a grain's. */
const steps = [
  ...[10 * second, 20 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute],
  ...[hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour],
];

/** What a client wants to see; milliseconds since 1970. */
export interface Wanted {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}

/**
 * The finest course that has no more points than wanted and isn't finer than what is kept of its beginning; it begins at a whole
 * step and no earlier than anything is kept.
 */
export function chooseCourse({ fromMs, toMs, points }: Wanted, nowMs: number): Course {
  const oldestMs = nowMs - grains[2].keptMs;
  const [from, to] = [Math.max(fromMs, oldestMs), Math.min(toMs, nowMs)];
  const kept = grains.find(({ keptMs }) => from >= nowMs - keptMs) ?? grains[2];
  const pointsIn = (stepMs: number) => Math.max(0, Math.ceil(to / stepMs) - Math.floor(from / stepMs));
  const stepMs = steps.find((ms) => ms >= kept.stepMs && pointsIn(ms) <= points) ?? stepFor(to - from, points);
  return { fromMs: Math.floor(from / stepMs) * stepMs, stepMs, points: pointsIn(stepMs) };
}

/** Whole days, where even a day is too short. */
function stepFor(spanMs: number, points: number): number {
  const day = 24 * hour;
  return Math.ceil(spanMs / day / Math.max(1, points - 1)) * day;
}
