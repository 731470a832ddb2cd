import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import { priorities } from './priority.ts';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const queuedJob = z.object({
  package: packageName,
  version,
  target,
  state: z.enum(['building', 'waiting', 'delayed']),
  priority: z.int().transform((place) => priorities[place]!),
  releasedMs: z.number(),
  readyMs: z.number(),
});

/** A job in the queue. */
export type QueuedJob = z.output<typeof queuedJob>;

/** Each part is read along its index and cut, however long the queue. */
const text = `
  with building as (
    select j.* from leases join jobs as j using (version_id, target_id)
    where $1::integer is null or j.target_id = $1
    limit $2
  ), waiting as (
    select head.*
    from targets as t cross join needs as n cross join lateral (
      select * from jobs as j
      where j.phase = 'ready' and j.target_id = t.target_id and j.need_id = n.need_id
      order by -j.priority desc, j.lost desc, j.released_at desc, -j.version_id desc
      limit $2
    ) as head
    where $1::integer is null or t.target_id = $1
    order by head.priority, head.lost desc, head.released_at desc, head.version_id
    limit $2
  ), delayed as (
    select * from jobs
    where phase = 'delayed' and ($1::integer is null or target_id = $1)
    order by ready_at
    limit $2
  ), queue as (
    select *, 'building' as state, 1 as part from building
    union all
    select *, 'waiting', 2 from waiting
    union all
    select *, 'delayed', 3 from delayed
  )
  select p.name as package, v.version, json_build_object('abi', t.abi, 'platform', t.platform) as target, state, priority,
    q.released_at as "releasedMs", q.ready_at as "readyMs"
  from queue as q
  join versions as v using (version_id)
  join packages as p using (package_id)
  join targets as t using (target_id)
  order by part, case part when 3 then q.ready_at end, priority, lost desc, q.released_at desc, version_id
  limit $2`;

/** The head of the queue, of one target or of all: what is being built, what waits in its order, what is delayed. */
export const queuedJobs = (db: Queryable, targetId: number | null, limit: number): Promise<QueuedJob[]> =>
  rows(db, { name: 'queued-jobs', text }, queuedJob, [targetId, limit]);
