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
const slaveCounts = z.object({ slaveId: z.int(), successes: z.int(), failures: z.int() });

/** How builds ended since a time. Its cost is that of the builds since then. */
export async function outcomesSince(db: Queryable, sinceMs: number): Promise<OutcomeCounts> {
  const found = await rows(db, all, z.object({ outcome, n: z.int() }), [sinceMs]);
  return Object.fromEntries(found.map((one) => [one.outcome, one.n]));
}

/** The same by slave: what ended well, and what did not (cancelled and skipped builds are neither). */
export const slaveOutcomesSince = (db: Queryable, sinceMs: number): Promise<z.output<typeof slaveCounts>[]> =>
  rows(db, bySlave, slaveCounts, [sinceMs]);
