import type { PackageName } from '@piw/wheel/package-name';
import type { Version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const id = z.int();
const job = z.object({
  targetId: id,
  phase: z.enum(['ready', 'delayed', 'leased']),
  requires: z.record(z.string(), z.union([z.string(), z.number()])),
  /** When it is due; in milliseconds since 1970. */
  readyMs: z.number(),
  /** Whether an attempt is why it is delayed. */
  again: z.boolean(),
  lostBy: z.string().nullable(),
  slave: z.string().nullable(),
  attempt: id.nullable(),
  /** How many jobs of its target are given out before it, counted no further than `countedTo`; null where it isn't ready. */
  ahead: z.int().nullable(),
  countedTo: z.int(),
});
const standings = z.object({
  deleted: z.boolean(),
  yanked: z.string().nullable(),
  asked: z.boolean(),
  releasedMs: z.number(),
  unheard: z.boolean(),
  requeue: z.string().nullable(),
  jobs: z.array(job),
  skips: z.array(z.object({ targetId: id.nullable(), by: z.string(), reason: z.string(), atMs: z.number() })),
});

/** How a version's jobs stand in the queue, and what keeps others from being there. */
export type JobStandings = z.output<typeof standings>;
export type JobStanding = z.output<typeof job>;

/** Further than this nobody wants to know how many there are; of several jobs at once, since each is counted. */
const mostAhead = 10_000;
const mostAheadOfEach = 1000;

const text = `
  select v.deleted_at is not null as deleted, v.yanked, v.released_at as "releasedMs",
    v.asked_at is not null or exists (select from requests as r where r.version_id = v.version_id and r.ended_at is null) as asked,
    v.upstream is null and (select upstream from farm) = 'merge' as unheard,
    (select why from requeues as r
      where coalesce(r.package_id, v.package_id) = v.package_id and r.cursor < v.version_id
      order by requeue_id limit 1) as requeue,
    (select coalesce(json_agg(json_build_object('targetId', j.target_id, 'phase', j.phase, 'requires', n.requires,
        'readyMs', (extract(epoch from j.ready_at) * 1000)::float8, 'again', j.retry_at is not null,
        'lostBy', loser.label, 'slave', holder.label, 'attempt', l.attempt_id,
        'ahead', case when j.phase = 'ready' then jobs_ahead(j, $4) end, 'countedTo', $4::integer)), '[]')
      from jobs as j
      join needs as n using (need_id)
      left join slaves as loser on loser.slave_id = j.lost_by
      left join leases as l on (l.version_id, l.target_id) = (j.version_id, j.target_id)
      left join slaves as holder on holder.slave_id = l.slave_id
      where j.version_id = v.version_id and ($3::integer is null or j.target_id = $3)) as jobs,
    (select coalesce(json_agg(json_build_object('targetId', target_id, 'by', by, 'reason', reason,
        'atMs', (extract(epoch from at) * 1000)::float8) order by skip_id desc), '[]')
      from skips as s
      where s.package_id = v.package_id and (s.version_id is null or s.version_id = v.version_id)) as skips
  from versions as v join packages as p using (package_id)
  where p.name = $1 and v.version = $2`;

/** How a version stands in the queue, at one target or at all; undefined for an unknown one. */
export const jobStandings = (
  db: Queryable,
  name: PackageName,
  version: Version,
  targetId: number | null,
): Promise<JobStandings | undefined> =>
  firstRow(db, { name: 'job-standings', text }, standings, [
    name,
    version,
    targetId,
    targetId === null ? mostAheadOfEach : mostAhead,
  ]);
