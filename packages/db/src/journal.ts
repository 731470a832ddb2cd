import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const entry = z.object({
  entry: z.int(),
  atMs: z.number(),
  who: z.string(),
  order: z.string(),
  subject: z.string(),
  text: z.string(),
});

/** An order that changed something, and who gave it. */
export type JournalEntry = z.output<typeof entry>;
export type NewJournalEntry = Pick<JournalEntry, 'who' | 'order' | 'subject' | 'text'>;

const write = {
  name: 'write-journal',
  text: `
    insert into journal (who, order_name, subject, text)
    values (left($1, 200), left($2, 60), left($3, 400), left($4, 2000))`,
};
const read = {
  name: 'read-journal',
  text: `
    select entry_id as entry, at as "atMs", who, order_name as order, subject, text from journal
    where $2::integer is null or entry_id < $2
    order by entry_id desc
    limit $1`,
};

/** Adds an entry; too long texts are cut. */
export async function writeJournal(db: Queryable, { who, order, subject, text }: NewJournalEntry): Promise<void> {
  await db.query({ ...write, values: [who, order, subject, text] });
}

/** The newest entries, or those before one, newest first. */
export const readJournal = (
  db: Queryable,
  { limit, before }: { readonly limit: number; readonly before: number | null },
): Promise<JournalEntry[]> => rows(db, read, entry, [limit, before]);
