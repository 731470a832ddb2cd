import { type Cells, findCells } from './cells.ts';
import type { Transaction } from './queryable.ts';
import type { Woken } from './requeue.ts';
import { touched } from './rows.ts';
import { requeueCells } from './skips.ts';

/** Before everything, after everything, or where its own merits put it. */
export type Place = 'front' | 'back' | 'usual';

/** What moving came to: whether a job of them is in the queue or being built, so that it has a place. */
export interface Moved extends Woken {
  readonly queued: boolean;
}

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
const anyJob = {
  name: 'any-job-of-cells',
  text: `select from jobs where version_id = any ($1) and ($2::integer is null or target_id = $2) limit 1`,
};

/** Moves the jobs of cells within the queue, those to come included. Throws an UnknownCellError. */
export async function prioritise(tx: Transaction, cells: Cells, to: Place, by: string): Promise<Moved> {
  const { packageId, versionId, targetId, versionIds } = await findCells(tx, cells);
  await tx.query({ ...clear, values: [packageId, versionId, targetId] });
  if (to !== 'usual') await tx.query({ ...add, values: [packageId, versionId, targetId, to, by] });
  const { woken } = await requeueCells(tx, cells);
  return { woken, queued: (await touched(tx, anyJob, [versionIds, targetId])) > 0 };
}
