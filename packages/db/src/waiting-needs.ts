import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const waiting = z.object({ target: z.string(), requires: z.record(z.string(), z.union([z.string(), z.number()])) });

/** What jobs that wait for a target need of a slave; each pair once. */
export type WaitingNeeds = z.output<typeof waiting>;

/** From one (target, need) to the next along the index: the cost is that of the pairs, not of the jobs. */
const list = {
  name: 'waiting-needs',
  text: `
    with recursive pairs as (
      (select target_id, need_id from jobs where phase = 'ready' order by target_id, need_id limit 1)
      union all
      select next.target_id, next.need_id
      from pairs
      cross join lateral (
        select target_id, need_id from jobs
        where phase = 'ready' and (target_id, need_id) > (pairs.target_id, pairs.need_id)
        order by target_id, need_id
        limit 1
      ) as next
    )
    select t.abi || '-' || t.platform as target, n.requires
    from pairs join targets as t using (target_id) join needs as n using (need_id)
    where $1 or n.requires <> '{}'
    limit 1000`,
};

/** What the ready jobs need, by target; those that need nothing are left out unless asked for. */
export const waitingNeeds = (db: Queryable, which: 'all' | 'some' = 'some'): Promise<WaitingNeeds[]> =>
  rows(db, list, waiting, [which === 'all']);
