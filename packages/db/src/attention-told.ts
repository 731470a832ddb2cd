import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

/** How attention is told to people who don't watch. */
export type Hook = 'command' | 'mail';

const notice = z.object({
  id: z.int(),
  state: z.enum(['raised', 'cleared']),
  kind: z.string(),
  subject: z.string(),
  text: z.string(),
  remedy: z.string(),
  atMs: z.number(),
});

/** That something needs a human, or no longer. */
export type Notice = z.output<typeof notice>;

const columns: Readonly<Record<Hook, string>> = { command: 'commanded', mail: 'mailed' };

/** What is older than a day is told to nobody who comes now. */
const untold = (hook: Hook) => ({
  name: `untold-${hook}`,
  text: `
    select attention_id as id, case ${columns[hook]} when 0 then 'raised' else 'cleared' end as state, kind, subject, text, remedy,
      case ${columns[hook]} when 0 then raised_at else cleared_at end as "atMs"
    from attention
    where ${columns[hook]} < case when cleared_at is null then 1 else 2 end
      and coalesce(cleared_at, raised_at) > now() - interval '1 day'
    order by attention_id
    limit 100`,
});

const mark = (hook: Hook) => ({
  name: `told-${hook}`,
  text: `update attention set ${columns[hook]} = ${columns[hook]} + 1 where attention_id = any ($1)`,
});

/** What a hook wasn't told yet, the oldest first, each with what is next to be told of it. */
export const untoldAttention = (db: Queryable, hook: Hook): Promise<Notice[]> => rows(db, untold(hook), notice);

/** Notes that a hook was told these. */
export async function noteTold(db: Queryable, hook: Hook, told: readonly Pick<Notice, 'id'>[]): Promise<void> {
  if (told.length > 0) await db.query({ ...mark(hook), values: [told.map(({ id }) => id)] });
}
