import { type DueJob, dueJobs } from './due-jobs.ts';
import { lockVersions } from './lock-versions.ts';
import type { Transaction } from './queryable.ts';
import { placeColumns, type QueuePlace, queuePlace } from './queue-heads.ts';
import { rows } from './rows.ts';
import { versionFacts } from './version-facts.ts';

/** The targets that got work which a slave may take at once, so that waiting slaves can be woken. */
export interface Woken {
  readonly woken: readonly number[];
}

/** The first place of each queue that got work. */
export interface Requeued extends Woken {
  readonly places: readonly QueuePlace[];
}

/**
 * Writes the difference between the queue and what is due. A job that a slave has stays until its attempt ends. A release is due half
 * an hour after its upload, since wheels often follow the sdist, unless it is wanted at once; a delay that an attempt
 * caused outlives a change of the other facts. Time is that of the statement: a transaction that waited for the lock began
 * before what it now reads was written, and would take for the future what has come already.
 */
const writeDifference = {
  name: 'requeue',
  text: `
    with due as (
      select version_id, target_id, need_id, priority, released_at,
        case when at_once then least(released_at, statement_timestamp())
          else released_at + interval '30 minutes' end as ready_at
      from unnest($2::integer[], $3::integer[], $4::integer[], $5::smallint[], $6::boolean[])
        as d (version_id, target_id, need_id, priority, at_once)
      join versions using (version_id)
    ), gone as (
      delete from jobs
      where version_id = any ($1) and phase <> 'leased'
        and (version_id, target_id) not in (select version_id, target_id from due)
    ), written as (
      insert into jobs as j (version_id, target_id, need_id, phase, priority, released_at, ready_at)
      select version_id, target_id, need_id, case when ready_at <= statement_timestamp() then 'ready' else 'delayed' end,
        priority, released_at, ready_at
      from due
      order by version_id, target_id
      on conflict (version_id, target_id) do update
      set need_id = excluded.need_id, priority = excluded.priority, released_at = excluded.released_at,
        ready_at = greatest(excluded.ready_at, j.retry_at),
        phase = case when greatest(excluded.ready_at, j.retry_at) <= statement_timestamp() then 'ready' else 'delayed' end
      where j.phase <> 'leased'
        and (j.need_id, j.priority, j.released_at, j.ready_at, j.phase) is distinct from
          (excluded.need_id, excluded.priority, excluded.released_at, greatest(excluded.ready_at, j.retry_at),
            case when greatest(excluded.ready_at, j.retry_at) <= statement_timestamp() then 'ready' else 'delayed' end)
      returning target_id, need_id, phase, priority, lost, released_at, version_id
    )
    select distinct on (target_id, need_id) ${placeColumns}
    from written
    where phase = 'ready'
    order by target_id, need_id, priority, written.lost desc, released_at desc, written.version_id`,
};

/**
 * Derives the jobs of versions from what is known of them, and writes the difference. Every change of facts calls it in its own
 * transaction (DESIGN §6). Returns which targets got work, and where.
 */
export async function requeue(tx: Transaction, versionIds: readonly number[]): Promise<Requeued> {
  if (versionIds.length > 0) await lockVersions(tx, versionIds);
  return requeueLocked(tx, versionIds);
}

/** The same for versions that this transaction has locked already. */
export async function requeueLocked(tx: Transaction, versionIds: readonly number[]): Promise<Requeued> {
  if (versionIds.length === 0) return { woken: [], places: [] };
  const known = await versionFacts(tx, versionIds);
  const due = known.flatMap(dueJobs);
  const column = <K extends keyof DueJob>(key: K) => due.map((job) => job[key]);
  const places = await rows(tx, writeDifference, queuePlace, [
    versionIds,
    column('versionId'),
    column('targetId'),
    column('needId'),
    column('priority'),
    column('atOnce'),
  ]);
  return { woken: [...new Set(places.map(({ targetId }) => targetId))], places };
}

/** Several wakings as one. */
export const wokenByAll = (wakings: readonly Woken[]): Woken => ({
  woken: [...new Set(wakings.flatMap(({ woken }) => woken))],
});
