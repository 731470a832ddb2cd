import { z } from 'zod';
import { columnOf, type HistoryPiece, type HistorySubject, type Series } from './history-series.ts';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

/** The longest pieces have 96 steps. What a piece was written for says who saw its steps: `building` is always read. */
const textFor = (wanted: readonly Series[]): string => `
  select step_s * 1000 as "stepMs", at as "atMs", ${wanted.map((one) => `${columnOf(one)} as "${one}"`).join(', ')}
  from history
  where kind = $1 and name = $2 and step_s = any ($3::smallint[])
    and at > to_timestamp($4::float8 / 1000) - 96 * step_s * interval '1 second' and at < to_timestamp($5::float8 / 1000)
  order by at`;
const piece = z.object({ stepMs: z.int(), atMs: z.number() }).catchall(z.array(z.number().nullable()).nullable());

/** From when until when, in milliseconds since 1970, in which steps, and what of it. */
export interface HistorySpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepsMs: readonly number[];
  readonly series: readonly Series[];
}

/** The pieces of a subject's history that lie in a span, or reach into it, in the order of time. */
export async function readHistory(
  db: Queryable,
  { kind, name }: HistorySubject,
  { fromMs, toMs, stepsMs, series }: HistorySpan,
): Promise<HistoryPiece[]> {
  const text = textFor([...new Set<Series>(['building', ...series])]);
  const values = [kind, name, stepsMs.map((ms) => ms / 1000), fromMs, toMs];
  const found = await rows(db, { name: '', text }, piece, values);
  return found.map(({ stepMs, atMs, ...figures }) => ({ kind, name, stepMs, atMs, figures }));
}
