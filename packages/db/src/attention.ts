import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

const attention = z.object({
  id: z.int(),
  kind: z.string(),
  subject: z.string(),
  text: z.string(),
  remedy: z.string(),
  raisedMs: z.number(),
  clearedMs: z.number().nullable(),
});

/** What needs a human, and what to do about it. */
export type Attention = z.output<typeof attention>;
export type NewAttention = Pick<Attention, 'kind' | 'subject' | 'text' | 'remedy'>;

const columns = `attention_id as id, kind, subject, text, remedy, raised_at as "raisedMs", cleared_at as "clearedMs"`;

const raise = {
  name: 'raise-attention',
  text: `
    insert into attention (kind, subject, text, remedy) values ($1, left($2, 400), left($3, 2000), left($4, 2000))
    on conflict (kind, subject) where cleared_at is null do nothing
    returning ${columns}`,
};
const clear = {
  name: 'clear-attention',
  text: `
    update attention set cleared_at = now()
    where kind = $1 and subject = left($2, 400) and cleared_at is null
    returning ${columns}`,
};
const list = {
  name: 'list-attention',
  text: `select ${columns} from attention where cleared_at is null order by attention_id limit 1000`,
};

/** Raises what isn't raised yet; undefined where it was. */
export const raiseAttention = (
  db: Queryable,
  { kind, subject, text, remedy }: NewAttention,
): Promise<Attention | undefined> => firstRow(db, raise, attention, [kind, subject, text, remedy]);

/** Clears what is raised; undefined where nothing was. */
export const clearAttention = (db: Queryable, kind: string, subject: string): Promise<Attention | undefined> =>
  firstRow(db, clear, attention, [kind, subject]);

/** All that needs a human now, the oldest first. */
export const listAttention = (db: Queryable): Promise<Attention[]> => rows(db, list, attention);
