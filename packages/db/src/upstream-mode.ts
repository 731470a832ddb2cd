import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { requeueMany } from './requeue-many.ts';
import { touched } from './rows.ts';

/** `merge` lists upstream's files beside ours and builds only what they don't serve; `ignore` builds everything. */
export const upstreamMode = z.enum(['merge', 'ignore']);

export type UpstreamMode = z.output<typeof upstreamMode>;

const set = { name: 'set-upstream', text: `update farm set upstream = $1 where upstream <> $1` };

const orderAllPages = {
  name: 'order-all-pages',
  text: `
    update pages set generation = generation + 1, ordered_at = coalesce(ordered_at, now()), due_at = least(due_at, now())
    where kind <> 'home'`,
};

/** What becomes of upstream's files; a change of mind requeues every version and writes every page again. */
export async function setUpstream(tx: Transaction, mode: UpstreamMode): Promise<Woken> {
  if ((await touched(tx, set, [mode])) === 0) return { woken: [] };
  await tx.query({ ...orderAllPages, values: [] });
  return requeueMany(tx, null, `upstream ${mode}`);
}
