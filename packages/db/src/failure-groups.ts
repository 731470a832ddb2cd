import { reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const group = z.object({
  kind: reasonKind.nullable(),
  subject: z.string().nullable(),
  text: z.string().nullable(),
  builds: z.int(),
  packages: z.int(),
  latestMs: z.number(),
  attempt: z.int(),
  package: packageName,
  version,
  target: z.string(),
  countedFromMs: z.number().nullable(),
});

/** Builds that failed for one reason about one subject; text, attempt and what it built are those of the latest. */
export type FailureGroup = z.output<typeof group>;

/** No more failures than these are looked at, the latest first. */
export const mostFailures = 5000;

const text = `
  with latest as materialized (
    select ended_at, reason_kind, reason_subject, version_id from attempts
    where settles and outcome <> 'success' and ended_at is not null
      and ended_at >= coalesce(to_timestamp($1::float8 / 1000), '-infinity')
    order by ended_at desc
    limit ${mostFailures}
  ), groups as (
    select reason_kind, reason_subject, count(*)::integer as builds, count(distinct package_id)::integer as packages,
      max(ended_at) as latest_at
    from latest
    cross join lateral (select package_id from versions as v where v.version_id = latest.version_id limit 1) as p
    group by reason_kind, reason_subject
    order by builds desc, latest_at desc
    limit $2
  )
  select reason_kind as kind, reason_subject as subject, one.reason_text as text, builds, packages,
    latest_at as "latestMs", one.attempt_id as attempt,
    one.package, one.version, one.target,
    (select min(ended_at) from latest having count(*) = ${mostFailures}) as "countedFromMs"
  from groups as g
  cross join lateral (
    select attempt_id, reason_text, p.name as package, v.version, t.abi || '-' || t.platform as target
    from attempts as a join versions as v using (version_id) join packages as p using (package_id)
      join targets as t using (target_id)
    where a.settles and a.outcome <> 'success' and a.ended_at = g.latest_at
      and (a.reason_kind, a.reason_subject) is not distinct from (g.reason_kind, g.reason_subject)
    limit 1
  ) as one
  order by builds desc, latest_at desc`;

/** Failures that stand, by what they are about; `countedFromMs` tells since when, where there are more than are looked at. */
export interface Failures {
  readonly countedFromMs: number | null;
  readonly groups: readonly FailureGroup[];
}

/** Why builds failed since a time, or ever: the most frequent reasons first. */
export async function failureGroups(db: Queryable, sinceMs: number | null, limit: number): Promise<Failures> {
  const found = await rows(db, { name: 'failure-groups', text }, group, [sinceMs, limit]);
  return { countedFromMs: found[0]?.countedFromMs ?? null, groups: found };
}
