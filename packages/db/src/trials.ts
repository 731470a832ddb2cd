import type { Target } from '@piw/wheel/target';
import { z } from 'zod';
import { type Cells, findCells } from './cells.ts';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken, wokenByAll } from './requeue.ts';
import { type RetriedCell, retry } from './retry.ts';
import { rows } from './rows.ts';

/** One cell. */
export interface TrialCell extends Cells {
  readonly version: NonNullable<Cells['version']>;
  readonly target: Target;
}

const reserve = {
  name: 'reserve-for-trial',
  text: `
    with needed as (
      insert into needs (requires)
      select requires || jsonb_build_object('slave', $3::text)
      from versions join packages using (package_id) join needs using (need_id)
      where version_id = $1
      on conflict (requires) do update set requires = excluded.requires
      returning need_id
    )
    insert into trials (version_id, target_id, slave_id, need_id, by)
    select $1, $2, slave_id, need_id, $4 from needed, slaves where label = $3
    on conflict (version_id, target_id) do update
    set slave_id = excluded.slave_id, need_id = excluded.need_id, by = excluded.by, at = now()`,
};

/** A failed cell is tried again, first of all, by one slave alone; empty where nothing of it failed. Throws an UnknownCellError. */
export async function orderTrial(
  tx: Transaction,
  cell: TrialCell,
  label: string,
  by: string,
): Promise<Woken & { readonly cells: readonly RetriedCell[] }> {
  const { versionId, targetId } = await findCells(tx, cell);
  const again = await retry(tx, { ...cell, outcome: null, reason: null, subject: null }, by);
  if (again.cells.length === 0) return { cells: [], woken: again.woken };
  await tx.query({ ...reserve, values: [versionId, targetId, label, by] });
  return { cells: again.cells, ...wokenByAll([again, await requeue(tx, [versionId!])]) };
}

/** After so long a slave that is busy with others has its trials no longer to itself. */
const patience = '1 hour';

const release = {
  name: 'release-trials',
  text: `
    delete from trials as t
    where (t.slave_id <> all ($1::integer[]) or t.at < now() - interval '${patience}'
      or exists (select from attempts as a
        where (a.version_id, a.target_id) = (t.version_id, t.target_id) and a.started_at >= t.at and a.ended_at is not null))
      and not exists (select from leases as l where (l.version_id, l.target_id) = (t.version_id, t.target_id))
    returning version_id as "versionId"`,
};

/** What was tried, and what its slave doesn't come to, is for every slave again; `hereIds` are the slaves that are here. */
export async function releaseTrials(tx: Transaction, hereIds: readonly number[]): Promise<Woken> {
  const released = await rows(tx, release, z.object({ versionId: z.int() }), [hereIds]);
  return requeue(tx, [...new Set(released.map(({ versionId }) => versionId))]);
}
