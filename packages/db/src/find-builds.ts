import type { Outcome } from '@piw/wheel/outcome';
import type { Target } from '@piw/wheel/target';
import { z } from 'zod';
import { type BuildRow, buildColumns, buildJoins, buildRow } from './build-row.ts';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

/** Which attempts: all that agree with everything that isn't null, the newest first, `before` an attempt. */
export interface BuildsFilter {
  readonly limit: number;
  readonly before: number | null;
  readonly package: string | null;
  readonly version: string | null;
  readonly target: Target | null;
  readonly slave: string | null;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly sinceMs: number | null;
}

/** Attempts, and before which one there may be more; null: these are all. */
export interface FoundBuilds {
  readonly builds: BuildRow[];
  readonly next: number | null;
}

/** So many attempts are looked at for one page, so that what is rare among millions holds up nobody. */
export const mostLookedAt = 10_000;

/** Attempts, newest first, found among the `lookedAt` newest that one index leads to; `next` goes on where they end. */
export async function findBuilds(
  db: Queryable,
  filter: BuildsFilter,
  lookedAt = mostLookedAt,
): Promise<FoundBuilds> {
  const builds = await listBuilds(db, filter, lookedAt);
  if (builds.length === filter.limit) return { builds, next: builds.at(-1)!.attempt };
  const { candidates, values } = candidatesOf(filter, lookedAt);
  const text = `select min(attempt_id) as next from (${candidates}) as a having count(*) = $2`;
  const [end] = await rows(db, { name: '', text }, z.object({ next: z.int() }), values);
  return { builds, next: end?.next ?? null };
}

/** Attempts, newest first. The text is made for the filter, so that each has a plan of its own; values are parameters. */
export function listBuilds(db: Queryable, filter: BuildsFilter, lookedAt = mostLookedAt): Promise<BuildRow[]> {
  const { candidates, values } = candidatesOf(filter, lookedAt);
  values.push(filter.limit);
  const limit = `$${values.length}`;
  const conditions = conditionsOf(
    [
      ['v.version = ?', filter.version],
      [`t.abi || '-' || t.platform = ?`, filter.target && `${filter.target.abi}-${filter.target.platform}`],
      ['s.label = ?', filter.slave],
      ['a.outcome = ?', filter.outcome],
      ['a.reason_kind = ?', filter.reason],
      ['a.started_at >= to_timestamp(?::float8 / 1000)', filter.sinceMs],
    ],
    values,
  );
  const text = `
    select ${buildColumns} from (${candidates}) as a ${buildJoins}
    where ${conditions}
    order by a.attempt_id desc
    limit ${limit}`;
  return rows(db, { name: '', text }, buildRow, values);
}

/** What the one index leads to that tells apart best, from the newest on; what is asked beside is looked for among these. */
function candidatesOf(filter: BuildsFilter, lookedAt: number): { candidates: string; values: unknown[] } {
  const values: unknown[] = [filter.before, lookedAt];
  const { outcome } = filter;
  const leading: readonly Condition[] = [
    [
      'a.version_id in (select version_id from versions join packages using (package_id) where name = ?)',
      filter.package,
    ],
    ['a.reason_kind = ?', filter.reason],
    ['a.slave_id = (select slave_id from slaves where label = ?)', filter.slave],
    [`a.outcome <> 'success' and a.outcome = ?`, outcome === 'success' ? null : outcome],
  ];
  const leads = leading.find(([, value]) => value !== null);
  const since: Condition = [
    `a.attempt_id >= first_attempt_since(to_timestamp(?::float8 / 1000) - interval '1 minute')`,
    filter.sinceMs,
  ];
  const candidates = `
    select a.* from attempts as a
    where ($1::bigint is null or a.attempt_id < $1) and ${conditionsOf([...(leads ? [leads] : []), since], values)}
    order by a.attempt_id desc
    limit $2`;
  return { candidates, values };
}

/** A condition, and its value in place of the `?`; null: it isn't one. */
type Condition = readonly [condition: string, value: unknown];

function conditionsOf(conditions: readonly Condition[], values: unknown[]): string {
  const made = conditions.flatMap(([condition, value]) => {
    if (value === null) return [];
    values.push(value);
    return [condition.replace('?', `$${values.length}`)];
  });
  return ['true', ...made].join(' and ');
}
