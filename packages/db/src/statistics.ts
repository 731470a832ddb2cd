import { nobodysFault, type Outcome, outcome } from '@piw/wheel/outcome';
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
  name: 'ends-of-slaves-since',
  text: `
    select slave_id as "slaveId", (extract(epoch from date_trunc('minute', ended_at)) * 1000)::float8 as "atMs",
      outcome = 'success' as success, count(*)::integer as n
    from attempts
    where ended_at >= to_timestamp($1::float8 / 1000) and outcome <> all ($2)
    group by 1, 2, 3`,
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

const slaveEnds = z.object({ slaveId: z.int(), atMs: z.number(), success: z.boolean(), n: z.int() });

/** How many of a slave's builds ended well, or did not, in a minute. */
export type SlaveEnds = z.output<typeof slaveEnds>;

/** How builds ended since a time. Its cost is that of the builds since then. */
export async function outcomesSince(db: Queryable, sinceMs: number): Promise<OutcomeCounts> {
  const found = await rows(db, all, z.object({ outcome, n: z.int() }), [sinceMs]);
  return Object.fromEntries(found.map((one) => [one.outcome, one.n]));
}

/** What ended well and what did not by slave, minute by minute (what was cancelled, skipped or had no source is neither). */
export const endsOfSlaves = (db: Queryable, sinceMs: number): Promise<SlaveEnds[]> =>
  rows(db, bySlave, slaveEnds, [sinceMs, nobodysFault]);

/** How builds ended since a time, step by step. Its cost is that of the builds since then. */
export const endsByStep = (db: Queryable, sinceMs: number, stepMs: number): Promise<EndsInStep[]> =>
  rows(db, byStep, endsInStep, [sinceMs, stepMs]);
