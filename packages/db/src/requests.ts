import { type Cells, findCells } from './cells.ts';
import type { Changed } from './change-versions.ts';
import type { Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { runningAttempts } from './running-attempts.ts';
import { requeueCells } from './skips.ts';

/** Who wishes for a build, and the address that is told when it is there. */
export interface Wish {
  readonly who: string;
  readonly mail: string | null;
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

/**
 * Takes back that cells were asked for: requests, the asking by name (of whole versions only), the place at the front.
 * Attempts at them are to be cancelled; what the ladder has due all the same stays, in its usual place. Throws an
 * UnknownCellError.
 */
export async function withdraw(tx: Transaction, cells: Cells): Promise<Changed> {
  const { packageId, versionId, targetId, versionIds } = await findCells(tx, cells);
  await tx.query({ ...withdrawRequests, values: [versionIds, targetId] });
  if (targetId === null) await tx.query({ ...withdrawAsking, values: [versionIds] });
  await tx.query({ ...withdrawNudges, values: [packageId, versionId, targetId] });
  const { woken } = await requeueCells(tx, cells);
  return { woken, cancel: await runningAttempts(tx, versionIds, targetId) };
}
