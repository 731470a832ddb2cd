import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const figures = z.object({
  target: z.string(),
  waiting: z.int(),
  oldestMs: z.number().nullable(),
  medianMs: z.number().nullable(),
});

/** How a target's work goes: how much waits and since when, how long a build takes. */
export type TargetFigures = z.output<typeof figures>;

/** Of how many of the farm's latest builds the time is told. */
const timed = 1000;

const text = `
  with latest as materialized (
    select target_id, outcome, ended_at - started_at as took from attempts
    where ended_at is not null
    order by ended_at desc
    limit ${timed}
  ), times as (
    select target_id, percentile_cont(0.5) within group (order by took) as median from latest
    where outcome in ('success', 'failure', 'timeout', 'memory')
    group by target_id
  ), queue as (
    select target_id, sum(n)::integer as n
    from (select * from tallies union all select * from tally_changes) as kept
    where what = 'ready'
    group by target_id
  )
  select t.abi || '-' || t.platform as target, coalesce(q.n, 0) as waiting,
    (select min(queued_at) from jobs as j where j.phase = 'ready' and j.target_id = t.target_id) as "oldestMs",
    (extract(epoch from m.median) * 1000)::float8 as "medianMs"
  from targets as t
  left join times as m using (target_id)
  left join queue as q using (target_id)
  where t.retired_at is null or q.n > 0
  order by t.target_id`;

/** The figures of all targets that are built for. */
export const targetFigures = (db: Queryable): Promise<TargetFigures[]> =>
  rows(db, { name: 'target-figures', text }, figures);
