import { type Cells, findCells } from './cells.ts';
import type { Changed } from './change-versions.ts';
import { dueJobs } from './due-jobs.ts';
import type { Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { touched } from './rows.ts';
import { runningAttempts } from './running-attempts.ts';
import { requeueCells } from './skips.ts';
import { versionFacts } from './version-facts.ts';

/** Who wishes for a build, and the address that is told when it is there. */
export interface Wish {
  readonly who: string;
  readonly mail: string | null;
}

/** What taking back came to: whether there was anything to take back, and whether the ladder has some of it due all the same. */
export interface Withdrawn extends Changed {
  readonly asked: boolean;
  readonly due: boolean;
}

const add = {
  name: 'add-requests',
  text: `
    insert into requests (version_id, target_id, who, mail)
    select version_id, $2, $3, $4 from unnest($1::integer[]) as v (version_id)`,
};

const withdrawRequests = {
  name: 'withdraw-requests',
  text: `
    update requests set ended_at = now(), ending = 'withdrawn'
    where version_id = any ($1) and ($2::integer is null or target_id = $2) and ended_at is null`,
};
const withdrawAsking = {
  name: 'withdraw-asking',
  text: `update versions set asked_at = null where version_id = any ($1) and asked_at is not null`,
};
const withdrawNudges = {
  name: 'withdraw-nudges',
  text: `
    delete from nudges
    where package_id = $1 and place = 'front'
      and ($2::integer is null or version_id = $2) and ($3::integer is null or target_id = $3)`,
};

/** Somebody wishes for cells: they come first, and a target that is named is due out of the ladder's order. Throws an UnknownCellError. */
export async function request(tx: Transaction, cells: Cells, { who, mail }: Wish): Promise<Woken> {
  const { versionIds, targetId } = await findCells(tx, cells);
  await tx.query({ ...add, values: [versionIds, targetId, who, mail] });
  return requeueCells(tx, cells);
}

const withdrawRebuilds = {
  name: 'withdraw-rebuilds',
  text: `
    update rebuilds set ended_at = now()
    where version_id = any ($1) and ($2::integer is null or target_id = $2) and ended_at is null`,
};

/** In so many versions it is looked for what is due all the same. */
const mostLookedAt = 1000;

/**
 * Takes back that cells were asked for: requests, rebuilds, the asking by name (of whole versions only), the place at the front.
 * Attempts at them are to be cancelled; what the ladder has due all the same stays, in its usual place. Throws an
 * UnknownCellError.
 */
export async function withdraw(tx: Transaction, cells: Cells): Promise<Withdrawn> {
  const { packageId, versionId, targetId, versionIds } = await findCells(tx, cells);
  const requests = await touched(tx, withdrawRequests, [versionIds, targetId]);
  const askings = targetId === null ? await touched(tx, withdrawAsking, [versionIds]) : 0;
  const nudges = await touched(tx, withdrawNudges, [packageId, versionId, targetId]);
  const rebuilds = await touched(tx, withdrawRebuilds, [versionIds, targetId]);
  const { woken } = await requeueCells(tx, cells);
  const known = await versionFacts(tx, versionIds.slice(0, mostLookedAt));
  return {
    woken,
    cancel: await runningAttempts(tx, versionIds, targetId),
    asked: requests + askings + nudges + rebuilds > 0,
    due: known.flatMap(dueJobs).some((job) => targetId === null || job.targetId === targetId),
  };
}
