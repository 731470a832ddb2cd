import type { Aftermath } from './aftermath.ts';
import type { HeldAttempt } from './held-attempts.ts';
import type { FateOfFile } from './publish-files.ts';
import type { Transaction } from './queryable.ts';
import { placeColumns, type QueuePlace, queuePlace } from './queue-heads.ts';
import { rows } from './rows.ts';

/** An attempt's end as it is written down. */
export interface RecordedEnd extends HeldAttempt, Aftermath {
  readonly steps: readonly unknown[] | null;
  readonly logBytes: number | null;
  readonly counts: boolean;
  readonly files: readonly FateOfFile[];
  readonly isFirst: boolean;
}

/** Only what speaks for a failure in the end is counted. */
const endAll = {
  name: 'end-attempts',
  text: `
    update attempts as a
    set ended_at = now(), outcome = e.outcome, reason_kind = e.reason ->> 'kind',
      reason_subject = e.reason ->> 'subject', reason_text = e.reason ->> 'text', settles = e.settles, counts = e.counts,
      steps = coalesce(e.steps, a.steps), log_bytes = coalesce(e."logBytes", a.log_bytes)
    from jsonb_to_recordset($1) as e (attempt bigint, outcome text, reason jsonb, settles boolean, counts boolean,
      steps jsonb, "logBytes" bigint)
    where a.attempt_id = e.attempt`,
};

const dropLeases = { name: 'drop-leases', text: `delete from leases where attempt_id = any ($1)` };
const dropJobs = {
  name: 'drop-jobs',
  text: `
    delete from jobs using unnest($1::integer[], $2::integer[]) as e (version_id, target_id)
    where (jobs.version_id, jobs.target_id) = (e.version_id, e.target_id)`,
};

/** A rebuild is over with the attempt that settles its cell, whatever came of it. */
const endRebuilds = {
  name: 'end-rebuilds',
  text: `
    update rebuilds as b set ended_at = now()
    from unnest($1::integer[], $2::integer[]) as e (version_id, target_id)
    where (b.version_id, b.target_id) = (e.version_id, e.target_id) and b.ended_at is null`,
};

/** Jobs that go back wait as long as was decided, or not at all; a lost one comes to the front, for another slave. */
const returnJobs = {
  name: 'return-jobs',
  text: `
    with returned as (
      update jobs as j
      set phase = case when e.delay_ms > 0 then 'delayed' else 'ready' end,
        ready_at = now() + e.delay_ms * interval '1 ms',
        retry_at = case when e.delay_ms > 0 then now() + e.delay_ms * interval '1 ms' end,
        lost_by = e.lost_by
      from unnest($1::integer[], $2::integer[], $3::float8[], $4::integer[])
        as e (version_id, target_id, delay_ms, lost_by)
      where (j.version_id, j.target_id) = (e.version_id, e.target_id)
      returning j.*
    )
    select ${placeColumns} from returned where phase = 'ready'`,
};

/** Writes down how attempts ended, frees their leases, and drops or returns their jobs; the places of those that may be taken again. */
export async function recordEnds(tx: Transaction, ends: readonly RecordedEnd[]): Promise<QueuePlace[]> {
  if (ends.length === 0) return [];
  const settled = ends.filter((end) => end.settles);
  const back = ends.filter((end) => !end.settles);
  await tx.query({ ...endAll, values: [JSON.stringify(ends)] });
  await tx.query({ ...dropLeases, values: [ends.map(({ attempt }) => attempt)] });
  if (settled.length > 0) {
    await tx.query({ ...dropJobs, values: cellsOf(settled) });
    await tx.query({ ...endRebuilds, values: cellsOf(settled) });
  }
  if (back.length === 0) return [];
  return rows(tx, returnJobs, queuePlace, [
    ...cellsOf(back),
    back.map(({ delayMs }) => delayMs),
    back.map(({ outcome, slaveId }) => (outcome === 'lost' ? slaveId : null)),
  ]);
}

const cellsOf = (ends: readonly RecordedEnd[]): [number[], number[]] => [
  ends.map(({ versionId }) => versionId),
  ends.map(({ targetId }) => targetId),
];
