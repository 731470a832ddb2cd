import { z } from 'zod';
import { renewLeases } from './leases.ts';
import type { Transaction } from './queryable.ts';
import { firstRow } from './rows.ts';

const isHeld = {
  name: 'is-held-by',
  text: `select true as held from leases where attempt_id = $1 and slave_id = $2 for update`,
};

/** Its last attempt was lost by this slave, and nobody was given the job since. */
const lockLost = {
  name: 'lock-lost-job',
  text: `
    select j.version_id as "versionId", j.target_id as "targetId"
    from jobs as j join attempts as a on (a.version_id, a.target_id) = (j.version_id, j.target_id)
    where a.attempt_id = $1 and a.slave_id = $2 and a.outcome = 'lost' and j.phase <> 'leased' and j.lost_by = $2
      and not exists (
        select from attempts as later
        where (later.version_id, later.target_id) = (j.version_id, j.target_id) and later.attempt_id > a.attempt_id)
      and not exists (select from leases where slave_id = $2)
    for update of j`,
};
const job = z.object({ versionId: z.int(), targetId: z.int() });

const clearEnd = {
  name: 'reopen-attempt',
  text: `
    update attempts
    set ended_at = null, outcome = null, reason_kind = null, reason_subject = null, reason_text = null,
      settles = false, counts = false
    where attempt_id = $1`,
};
const leaseJob = {
  name: 'lease-job-again',
  text: `update jobs set phase = 'leased', lost_by = null, retry_at = null where version_id = $1 and target_id = $2`,
};
const leaseAgain = {
  name: 'lease-again',
  text: `
    insert into leases (attempt_id, version_id, target_id, slave_id, expires_at, deadline_at)
    values ($1, $2, $3, $4, now() + $5::float8 * interval '1 ms',
      now() + greatest($5::float8, $6::float8) * interval '1 ms')`,
};

/** What a reopened attempt's lease may last, in milliseconds: until it is renewed, and at most. */
export interface ReopenTerms {
  readonly leaseMs: number;
  readonly deadlineMs: number;
}

/**
 * A slave says that it still has an attempt: `held` where that is so; `reopened` where the attempt was declared lost and
 * nobody else was given its job, so that its lease is there again; `gone` where the slave may forget it.
 */
export async function reopenAttempt(
  tx: Transaction,
  attempt: number,
  slaveId: number,
  { leaseMs, deadlineMs }: ReopenTerms,
): Promise<'held' | 'reopened' | 'gone'> {
  if (await firstRow(tx, isHeld, z.object({ held: z.boolean() }), [attempt, slaveId])) {
    await renewLeases(tx, [attempt], leaseMs);
    return 'held';
  }
  const found = await firstRow(tx, lockLost, job, [attempt, slaveId]);
  if (!found) return 'gone';
  await tx.query({ ...clearEnd, values: [attempt] });
  await tx.query({ ...leaseJob, values: [found.versionId, found.targetId] });
  const { versionId, targetId } = found;
  await tx.query({ ...leaseAgain, values: [attempt, versionId, targetId, slaveId, leaseMs, deadlineMs] });
  return 'reopened';
}
