import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** Rows are locked in one order, so that renewing and ending never wait for each other in a circle. */
const renew = {
  name: 'renew-leases',
  text: `
    with held as (
      select attempt_id from leases where attempt_id = any ($1) order by attempt_id for update
    )
    update leases
    set expires_at = least(deadline_at, greatest(expires_at, now() + $2::float8 * interval '1 ms'))
    from held
    where leases.attempt_id = held.attempt_id
    returning leases.attempt_id as attempt`,
};

const extend = {
  name: 'extend-deadlines',
  text: `
    with held as (
      select attempt_id from leases where attempt_id = any ($1) order by attempt_id for update
    )
    update leases set deadline_at = greatest(deadline_at, now() + $2::float8 * interval '1 ms')
    from held
    where leases.attempt_id = held.attempt_id`,
};

const held = {
  name: 'lease-of-slave',
  text: `
    select attempt_id as attempt, version_id as "versionId", target_id as "targetId", expires_at as "expiresMs",
      deadline_at as "deadlineMs"
    from leases
    where slave_id = $1`,
};
const lease = z.object({
  attempt: z.int(),
  versionId: z.int(),
  targetId: z.int(),
  expiresMs: z.number(),
  deadlineMs: z.number(),
});

/** A slave's hold on a job. */
export type Lease = z.output<typeof lease>;

/** Renews what was heard of, never beyond its deadline; returns the attempts that are still held. */
export async function renewLeases(db: Queryable, attempts: readonly number[], leaseMs: number): Promise<number[]> {
  if (attempts.length === 0) return [];
  const renewed = await rows(db, renew, z.object({ attempt: z.int() }), [attempts, leaseMs]);
  return renewed.map(({ attempt }) => attempt);
}

/** Moves deadlines so that they lie at least so many milliseconds ahead, for attempts whose transfer moves. */
export async function extendDeadlines(db: Queryable, attempts: readonly number[], aheadMs: number): Promise<void> {
  if (attempts.length > 0) await db.query({ ...extend, values: [attempts, aheadMs] });
}

/** What a slave has a lease on; undefined where nothing. */
export const leaseOf = (db: Queryable, slaveId: number): Promise<Lease | undefined> =>
  firstRow(db, held, lease, [slaveId]);
