import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const work = z.object({
  /** A ready job that the slave didn't lose itself. */
  anothers: z.boolean(),
  /** When the first of those that are delayed is due, in milliseconds since 1970; null where none is among the next thousand of the farm. */
  nextMs: z.number().nullable(),
});

/** What there is to do at some targets for one slave, its needs aside. */
export type WorkForSlave = z.output<typeof work>;

const text = `
  select
    exists (
      select from targets as t cross join needs as n cross join lateral (
        select from jobs as j
        where j.phase = 'ready' and j.target_id = t.target_id and j.need_id = n.need_id
          and (j.lost_by is distinct from $2 or j.ready_at < now() - interval '10 minutes')
        limit 1
      ) as head
      where t.abi || '-' || t.platform = any ($1)
    ) as anothers,
    (select (extract(epoch from min(next.ready_at)) * 1000)::float8
      from (select ready_at, target_id from jobs where phase = 'delayed' order by ready_at limit 1000) as next
      join targets as t using (target_id)
      where t.abi || '-' || t.platform = any ($1)) as "nextMs"`;

/** Looks along indexes, however long the queue is. */
export const workForSlave = async (db: Queryable, slaveId: number, targets: readonly string[]): Promise<WorkForSlave> =>
  (await firstRow(db, { name: 'work-for-slave', text }, work, [targets, slaveId]))!;
