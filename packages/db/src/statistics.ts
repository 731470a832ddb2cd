import { type Outcome, outcome } from '@piw/wheel/outcome';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

/** Builds that ended, by outcome; outcomes that there were none of are missing. */
export type OutcomeCounts = Partial<Record<Outcome, number>>;

const all = {
  name: 'outcomes-since',
  text: `
    select outcome, count(*)::integer as n from attempts
    where ended_at >= to_timestamp($1::float8 / 1000)
    group by outcome`,
};
const bySlave = {
  name: 'outcomes-of-slaves-since',
  text: `
    select slave_id as "slaveId", count(*) filter (where outcome = 'success')::integer as successes,
      count(*) filter (where outcome not in ('success', 'cancelled', 'skipped'))::integer as failures
    from attempts
    where ended_at >= to_timestamp($1::float8 / 1000)
    group by slave_id`,
};
const byStep = {
  name: 'ends-by-step-since',
  text: `
    select (floor(extract(epoch from ended_at) * 1000 / $2::integer) * $2::integer)::float8 as "atMs", outcome,
      t.abi || '-' || t.platform as target, count(*)::integer as n
    from attempts join targets as t using (target_id)
    where ended_at >= to_timestamp($1::float8 / 1000)
    group by 1, 2, 3`,
};
const endsInStep = z.object({ atMs: z.number(), outcome, target: z.string(), n: z.int() });

/** How many builds for a target ended in one way in a step that began at a time. */
export type EndsInStep = z.output<typeof endsInStep>;

const slaveCounts = z.object({ slaveId: z.int(), successes: z.int(), failures: z.int() });

/** How builds ended since a time. Its cost is that of the builds since then. */
export async function outcomesSince(db: Queryable, sinceMs: number): Promise<OutcomeCounts> {
  const found = await rows(db, all, z.object({ outcome, n: z.int() }), [sinceMs]);
  return Object.fromEntries(found.map((one) => [one.outcome, one.n]));
}

/** The same by slave: what ended well, and what did not (cancelled and skipped builds are neither). */
export const slaveOutcomesSince = (db: Queryable, sinceMs: number): Promise<z.output<typeof slaveCounts>[]> =>
  rows(db, bySlave, slaveCounts, [sinceMs]);

/** How builds ended since a time, step by step. Its cost is that of the builds since then. */
export const endsByStep = (db: Queryable, sinceMs: number, stepMs: number): Promise<EndsInStep[]> =>
  rows(db, byStep, endsInStep, [sinceMs, stepMs]);
