import { counters, grains, type HistoryPiece, type Series, type Steps } from '@piw/db/history-series';

/** A row of equal steps: from when, how long each, how many; milliseconds. */
export interface Course {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly points: number;
}

const counts: ReadonlySet<Series> = new Set(counters);

/**
 * Pieces of a subject's history, finer and coarser ones, as one course: gauges are averages, counters sums, and what nobody
 * saw is null. Where a coarse piece covers finer ones, it alone counts.
 */
export function broughtTogether<S extends Series>(
  pieces: readonly HistoryPiece[],
  wanted: readonly S[],
  course: Course,
): Partial<Record<S, Steps>> {
  const used = uncovered(pieces);
  const entries = wanted.map((name) => [name, courseOf(used, name, course)] as const);
  return Object.fromEntries(entries) as Partial<Record<S, Steps>>;
}

function uncovered(pieces: readonly HistoryPiece[]): HistoryPiece[] {
  const coarser = grains.map((grain) => ({
    grain,
    covered: new Set(pieces.filter(({ stepMs }) => stepMs === grain.stepMs).map(({ atMs }) => atMs)),
  }));
  return pieces.filter(({ stepMs, atMs }) =>
    coarser.every(
      ({ grain, covered }) => grain.stepMs <= stepMs || !covered.has(Math.floor(atMs / grain.pieceMs) * grain.pieceMs),
    ),
  );
}

function courseOf(pieces: readonly HistoryPiece[], name: Series, { fromMs, stepMs, points }: Course): Steps {
  const sums = new Float64Array(points);
  const weights = new Float64Array(points);
  for (const piece of pieces)
    for (const [i, seen] of (piece.figures.building ?? []).entries()) {
      const point = Math.floor((piece.atMs + i * piece.stepMs - fromMs) / stepMs);
      const value = piece.figures[name]?.[i] ?? (counts.has(name) ? 0 : null);
      if (seen === null || value === null || point < 0 || point >= points) continue;
      const weight = counts.has(name) ? 1 : piece.stepMs;
      sums[point]! += value * weight;
      weights[point]! += weight;
    }
  return Array.from(sums, (sum, point) =>
    weights[point] === 0 ? null : rounded(counts.has(name) ? sum : sum / weights[point]!),
  );
}

/** Figures are kept with seven digits. */
const rounded = (figure: number): number => Number(figure.toPrecision(7));
