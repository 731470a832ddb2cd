import type pg from 'pg';
import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { firstRow, rows } from './rows.ts';
import { inTransaction } from './transaction.ts';

/** What got work, and whether batches are left. */
export interface WorkedOff extends Woken {
  readonly more: boolean;
}

const first = {
  name: 'first-requeue',
  text: `
    select requeue_id as "requeueId", package_id as "packageId", cursor from requeues
    order by requeue_id
    limit 1
    for update`,
};
const order = z.object({ requeueId: z.int(), packageId: z.int().nullable(), cursor: z.int() });

const batch = {
  name: 'requeue-batch',
  text: `
    select version_id as "versionId" from versions
    where version_id > $1 and ($2::integer is null or package_id = $2)
    order by version_id
    limit $3`,
};
const move = { name: 'move-requeue', text: `update requeues set cursor = $2 where requeue_id = $1` };
const finish = { name: 'finish-requeue', text: `delete from requeues where requeue_id = $1` };

/** Works off one batch of a change that touches many versions, in a transaction of its own; call it until there is no more. */
export const workOffRequeues = (pool: pg.Pool, limit = 500): Promise<WorkedOff> =>
  inTransaction(pool, (tx) => workOff(tx, limit));

async function workOff(tx: Transaction, limit: number): Promise<WorkedOff> {
  const found = await firstRow(tx, first, order);
  if (!found) return { woken: [], more: false };
  const { requeueId, packageId, cursor } = found;
  const versions = await rows(tx, batch, z.object({ versionId: z.int() }), [cursor, packageId, limit]);
  const versionIds = versions.map(({ versionId }) => versionId);
  const { woken } = await requeue(tx, versionIds);
  const last = versionIds.at(-1);
  if (last === undefined) await tx.query({ ...finish, values: [requeueId] });
  else await tx.query({ ...move, values: [requeueId, last] });
  return { woken, more: true };
}
