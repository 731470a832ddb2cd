import { columnOf, type HistoryPiece, series } from './history-series.ts';
import type { Queryable } from './queryable.ts';

const columns = series.map(columnOf);

/** Where another master left a part of the same piece, both are joined; said twice, it is the same. */
const keep = {
  name: 'keep-history',
  text: `
    insert into history as h (kind, name, step_s, at, ${columns.join(', ')})
    select kind, name, step_s, to_timestamp(at_s), ${columns.join(', ')}
    from jsonb_to_recordset($1) as new (kind text, name text, step_s smallint, at_s float8,
      ${columns.map((column) => `${column} real[]`).join(', ')})
    on conflict (kind, name, step_s, at) do update
    set ${columns.map((column) => `${column} = joined_steps(h.${column}, excluded.${column})`).join(', ')}`,
};

/** So many at once that making their text holds up nobody. */
const atOnce = 200;

/** Adds pieces of history. */
export async function keepHistory(db: Queryable, pieces: readonly HistoryPiece[]): Promise<void> {
  for (let first = 0; first < pieces.length; first += atOnce)
    await db.query({ ...keep, values: [JSON.stringify(pieces.slice(first, first + atOnce).map(asRow))] });
}

const asRow = ({ kind, name, stepMs, atMs, figures }: HistoryPiece) => ({
  ...{ kind, name, step_s: stepMs / 1000, at_s: atMs / 1000 },
  ...Object.fromEntries(series.map((one) => [columnOf(one), figures[one]])),
});
