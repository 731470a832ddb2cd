import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const tally = z.object({ what: z.string(), targetId: z.int(), n: z.int() });

/** How much of the queue is a target's own. */
export interface QueueTally {
  readonly targetId: number;
  readonly ready: number;
  readonly delayed: number;
  readonly leased: number;
}

/** How much the farm knows and publishes. */
export interface Totals {
  readonly packages: number;
  readonly versions: number;
  readonly files: number;
  readonly filesBytes: number;
}

const read = {
  name: 'read-tallies',
  text: `
    select what, target_id as "targetId", sum(n)::bigint as n
    from (select what, target_id, n from tallies union all select what, target_id, n from tally_changes) as all_of_it
    group by what, target_id`,
};

const fold = {
  name: 'fold-tallies',
  text: `
    with changes as (delete from tally_changes returning what, target_id, n)
    insert into tallies as t
    select what, target_id, sum(n) from changes group by what, target_id order by what, target_id
    on conflict (what, target_id) do update set n = t.n + excluded.n`,
};

/** The queue by target, as it is kept; targets with nothing may be missing. */
export async function queueTallies(db: Queryable): Promise<QueueTally[]> {
  const tallies = await rows(db, read, tally);
  const count = (what: string, targetId: number) =>
    tallies.find((one) => one.what === what && one.targetId === targetId)?.n ?? 0;
  const targetIds = [...new Set(tallies.map(({ targetId }) => targetId))].filter((targetId) => targetId > 0);
  return targetIds.map((targetId) => ({
    targetId,
    ready: count('ready', targetId),
    delayed: count('delayed', targetId),
    leased: count('leased', targetId),
  }));
}

/** What there is of everything, as it is kept. */
export async function totals(db: Queryable): Promise<Totals> {
  const tallies = await rows(db, read, tally);
  const count = (what: string) => tallies.find((one) => one.what === what)?.n ?? 0;
  return {
    packages: count('packages'),
    versions: count('versions'),
    files: count('files'),
    filesBytes: count('file-bytes'),
  };
}

/** Folds what was appended since the last time into the tallies, so that reading them stays cheap; every ten seconds is enough. */
export async function foldTallies(db: Queryable): Promise<void> {
  await db.query(fold);
}
