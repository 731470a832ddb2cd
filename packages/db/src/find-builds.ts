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

/** So many attempts are looked at in one statement, and so often for one page: what is rare among millions holds up nobody. */
export const lookedAtOnce = 2_000;
const mostLooks = 5;

/** Attempts, newest first, found among those that one index leads to; where they are rare the page ends early, and `next` goes on. */
export async function findBuilds(
  db: Queryable,
  filter: BuildsFilter,
  { lookedAt = lookedAtOnce, looks = mostLooks } = {},
): Promise<FoundBuilds> {
  const builds: BuildRow[] = [];
  let { before } = filter;
  for (let look = 0; look < looks; look += 1) {
    const part = { ...filter, before, limit: filter.limit - builds.length };
    builds.push(...(await listBuilds(db, part, lookedAt)));
    if (builds.length === filter.limit) return { builds, next: builds.at(-1)!.attempt };
    before = await endOf(db, part, lookedAt);
    if (before === null) break;
  }
  return { builds, next: before };
}

/** The last attempt that was looked at; null where there are no more. */
async function endOf(db: Queryable, filter: BuildsFilter, lookedAt: number): Promise<number | null> {
  const { candidates, values } = candidatesOf(filter, lookedAt);
  const text = `select min(attempt_id) as next from (${candidates}) as a having count(*) = $2`;
  const [end] = await rows(db, { name: '', text }, z.object({ next: z.int() }), values);
  return end?.next ?? null;
}

/** Attempts, newest first. The text is made for the filter, so that each has a plan of its own; values are parameters. */
export function listBuilds(db: Queryable, filter: BuildsFilter, lookedAt = lookedAtOnce): Promise<BuildRow[]> {
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

/**
 * What the one index leads to that tells apart best, from the newest on; what is asked beside is looked for among these. The order
 * begins with the index's first column, else the primary key would do as well, along which what is rare is far away; of a range it
 * isn't known that all in it is equal. A package has few enough attempts to be sorted.
 */
function candidatesOf(filter: BuildsFilter, lookedAt: number): { candidates: string; values: unknown[] } {
  const values: unknown[] = [filter.before, lookedAt];
  const lead = leadOf(filter);
  const since: Condition = [
    `a.attempt_id >= first_attempt_since(to_timestamp(?::float8 / 1000) - interval '1 minute')`,
    filter.sinceMs,
  ];
  const candidates = `
    select a.* from attempts as a
    where ($1::bigint is null or a.attempt_id < $1) and ${conditionsOf([...(lead ? [lead.is] : []), since], values)}
    order by ${lead?.order ?? 'a.attempt_id desc'}
    limit $2`;
  return { candidates, values };
}

function leadOf(filter: BuildsFilter): { readonly is: Condition; readonly order: string } | null {
  const { package: name, reason, slave, outcome } = filter;
  const ofPackage = 'select version_id from versions join packages using (package_id) where name = ?';
  if (name !== null) return { is: [`a.version_id in (${ofPackage})`, name], order: 'a.attempt_id + 0 desc' };
  if (reason !== null) return alongIndex('reason_kind', '?', reason);
  if (slave !== null) return alongIndex('slave_id', '(select slave_id from slaves where label = ?)', slave);
  if (outcome === null || outcome === 'success') return null;
  return alongIndex('outcome', '?', outcome, ` and a.outcome <> 'success'`);
}

const alongIndex = (column: string, value: string, given: string, and = '') => ({
  is: [`a.${column} between ${value} and ${value}${and}`, given] as const,
  order: `a.${column} desc, a.attempt_id desc`,
});

/** A condition, and its value in place of the `?`; null: it isn't one. */
type Condition = readonly [condition: string, value: unknown];

function conditionsOf(conditions: readonly Condition[], values: unknown[]): string {
  const made = conditions.flatMap(([condition, value]) => {
    if (value === null) return [];
    values.push(value);
    return [condition.replaceAll('?', `$${values.length}`)];
  });
  return ['true', ...made].join(' and ');
}
