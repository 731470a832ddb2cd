import { type Cells, findCells } from './cells.ts';
import type { Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { requeueCells } from './skips.ts';

/** Before everything, after everything, or where its own merits put it. */
export type Place = 'front' | 'back' | 'usual';

/** The nudges of these cells and of all within them. */
const clear = {
  name: 'clear-nudges',
  text: `
    delete from nudges
    where package_id = $1 and ($2::integer is null or version_id = $2) and ($3::integer is null or target_id = $3)`,
};
const add = {
  name: 'add-nudge',
  text: `insert into nudges (package_id, version_id, target_id, place, by) values ($1, $2, $3, $4, $5)`,
};

/** Moves the jobs of cells within the queue, those to come included. Throws an UnknownCellError. */
export async function prioritise(tx: Transaction, cells: Cells, to: Place, by: string): Promise<Woken> {
  const { packageId, versionId, targetId } = await findCells(tx, cells);
  await tx.query({ ...clear, values: [packageId, versionId, targetId] });
  if (to !== 'usual') await tx.query({ ...add, values: [packageId, versionId, targetId, to, by] });
  return requeueCells(tx, cells);
}
