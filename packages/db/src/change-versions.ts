import { orderPagesOf } from './page-orders.ts';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { runningAttempts } from './running-attempts.ts';

/** What upstream changed about a version: its yank (PEP 592; null takes it back), or that it is gone. */
export interface VersionChange {
  readonly versionId: number;
  readonly yanked: string | null;
  readonly deleted: boolean;
}

/** What got work, and the attempts that nobody needs any more. */
export interface Changed extends Woken {
  readonly cancel: readonly number[];
}

const change = {
  name: 'change-versions',
  text: `
    update versions as v
    set yanked = c.yanked, deleted_at = case when c.deleted then coalesce(deleted_at, now()) end
    from jsonb_to_recordset($1) as c ("versionId" integer, yanked text, deleted boolean)
    where version_id = "versionId"`,
};
const unlist = {
  name: 'unlist-files',
  text: `update files set listed = false where version_id = any ($1) and listed`,
};

/** Takes over what upstream did: deleted versions lose jobs, attempts and their place in the index (DESIGN §6). */
export async function changeVersions(tx: Transaction, changes: readonly VersionChange[]): Promise<Changed> {
  const versionIds = changes.map(({ versionId }) => versionId).toSorted((a, b) => a - b);
  const deleted = changes.filter((one) => one.deleted).map(({ versionId }) => versionId);
  await tx.query({ ...change, values: [JSON.stringify(changes)] });
  await tx.query({ ...unlist, values: [deleted] });
  const { woken } = await requeue(tx, versionIds);
  await orderPagesOf(tx, versionIds);
  return { woken, cancel: await runningAttempts(tx, deleted, null) };
}
