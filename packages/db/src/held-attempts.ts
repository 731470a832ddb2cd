import { packageName } from '@piw/wheel/package-name';
import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import { rows } from './rows.ts';

const heldAttempt = z.object({
  attempt: z.int(),
  slaveId: z.int(),
  versionId: z.int(),
  targetId: z.int(),
  package: packageName,
  ageMs: z.number(),
  asked: z.boolean(),
});

/** An attempt whose lease is there, locked with its version until the transaction ends. */
export type HeldAttempt = z.output<typeof heldAttempt>;

/** Leases are locked in one order, then versions in theirs, as `lockVersions` has it. */
const lock = {
  name: 'lock-leases',
  text: `
    with held as (
      select attempt_id as attempt, l.slave_id as "slaveId", l.version_id as "versionId", l.target_id as "targetId",
        p.name as package, (extract(epoch from now() - v.released_at) * 1000)::float8 as "ageMs",
        v.asked_at is not null or exists (
          select from requests as r where r.version_id = v.version_id and r.ended_at is null) as asked
      from leases as l
      join versions as v on v.version_id = l.version_id
      join packages as p on p.package_id = v.package_id
      where attempt_id = any ($1)
      order by attempt_id
      for update of l
    ), locked as (
      select from versions where version_id in (select "versionId" from held) order by version_id for no key update
    )
    select held.* from held cross join (select count(*) from locked) as all_locked
    order by attempt`,
};

const troubles = {
  name: 'troubles-of-jobs',
  text: `
    select l.attempt_id as attempt, count(*) filter (where a.outcome = 'lost')::integer as lost,
      count(*) filter (where a.outcome = 'transient')::integer as transient
    from leases as l
    join attempts as a on (a.version_id, a.target_id) = (l.version_id, l.target_id) and a.counts
    where l.attempt_id = any ($1)
    group by l.attempt_id`,
};
const trouble = z.object({ attempt: z.int(), lost: z.int(), transient: z.int() });

/** How often a job was already lost, and how often something passing was in its way. */
export type Trouble = z.output<typeof trouble>;

/** Those of the attempts that are still held: the fence that everything which ends an attempt must pass. Locks their versions, too. */
export const lockHeld = (tx: Transaction, attempts: readonly number[]): Promise<HeldAttempt[]> =>
  rows(tx, lock, heldAttempt, [attempts]);

/** What the jobs of held attempts have been through before. */
export async function troublesOf(tx: Transaction, attempts: readonly number[]): Promise<Map<number, Trouble>> {
  if (attempts.length === 0) return new Map();
  const found = await rows(tx, troubles, trouble, [attempts]);
  return new Map(found.map((one) => [one.attempt, one]));
}
