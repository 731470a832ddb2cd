import type { Cells } from './cells.ts';
import { findCells } from './cells.ts';
import type { Changed } from './change-versions.ts';
import { orderPages } from './page-orders.ts';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { requeueMany } from './requeue-many.ts';
import { touched } from './rows.ts';
import { runningAttempts } from './running-attempts.ts';

/** Who skips, and why. */
export interface SkipWord {
  readonly reason: string;
  readonly by: string;
}

const add = {
  name: 'add-skip',
  text: `
    insert into skips (package_id, version_id, target_id, reason, by) values ($1, $2, $3, $4, $5)
    on conflict (package_id, coalesce(version_id, 0), coalesce(target_id, 0)) do update
    set reason = excluded.reason, by = excluded.by, at = now()`,
};

/** The skips of exactly these cells and of all within them. */
const remove = {
  name: 'remove-skips',
  text: `
    delete from skips
    where package_id = $1 and ($2::integer is null or version_id = $2) and ($3::integer is null or target_id = $3)`,
};

/** Settles cells until they are unskipped; returns the attempts at them, to be cancelled. Throws an UnknownCellError. */
export async function skip(tx: Transaction, cells: Cells, { reason, by }: SkipWord): Promise<Changed> {
  const found = await findCells(tx, cells);
  await tx.query({ ...add, values: [found.packageId, found.versionId, found.targetId, reason, by] });
  const { woken } = await requeueCells(tx, cells);
  return { woken, cancel: await runningAttempts(tx, found.versionIds, found.targetId) };
}

/** Takes back the skips of cells and of all within them; returns how many there were. Throws an UnknownCellError. */
export async function unskip(tx: Transaction, cells: Cells): Promise<Woken & { count: number }> {
  const found = await findCells(tx, cells);
  const count = await touched(tx, remove, [found.packageId, found.versionId, found.targetId]);
  return { count, ...(await requeueCells(tx, cells)) };
}

/** Requeues the versions that cells touch, and orders their package's pages. */
export async function requeueCells(tx: Transaction, cells: Cells): Promise<Woken> {
  const { packageId, versionId } = await findCells(tx, cells);
  await orderPages(tx, [{ kind: 'package', subject: cells.package }]);
  return versionId === null ? requeueMany(tx, packageId, `orders about ${cells.package}`) : requeue(tx, [versionId]);
}
