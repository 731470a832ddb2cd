import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { rows } from './rows.ts';

/** So many versions are requeued at once; more are left to batches. */
const most = 1000;

const touchedVersions = {
  name: 'versions-to-requeue',
  text: `
    select version_id as "versionId" from versions
    where $1::integer is null or package_id = $1
    order by version_id
    limit ${most + 1}`,
};
const later = { name: 'requeue-later', text: `insert into requeues (package_id, why) values ($1, $2)` };

/**
 * Requeues the versions of a package, or all there are: at once where they are few, else as a row with a cursor that
 * `workOffRequeues` works off.
 */
export async function requeueMany(tx: Transaction, packageId: number | null, why: string): Promise<Woken> {
  const found = await rows(tx, touchedVersions, z.object({ versionId: z.int() }), [packageId]);
  if (found.length <= most)
    return requeue(
      tx,
      found.map(({ versionId }) => versionId),
    );
  await tx.query({ ...later, values: [packageId, why.slice(0, 200)] });
  return { woken: [] };
}
