import type { ServedWheels } from '@piw/wheel/upstream-versions';
import { orderKnownPagesOf, orderPages } from './page-orders.ts';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { touched } from './rows.ts';
import { runningAttempts } from './running-attempts.ts';

/** What upstream changed about a version: its yank (PEP 592; null takes it back), that it is gone, which wheels it serves. */
export interface VersionChange {
  readonly versionId: number;
  readonly yanked: string | null;
  readonly deleted: boolean;
  /** What was known stays where this isn't said. */
  readonly upstream?: readonly ServedWheels[];
}

/** What got work, and the attempts that nobody needs any more. */
export interface Changed extends Woken {
  readonly cancel: readonly number[];
}

const change = {
  name: 'change-versions',
  text: `
    update versions as v
    set yanked = c.yanked, deleted_at = case when c.deleted then coalesce(deleted_at, now()) end,
      upstream = coalesce(c.upstream, v.upstream)
    from jsonb_to_recordset($1) as c ("versionId" integer, yanked text, deleted boolean, upstream jsonb)
    where version_id = "versionId"`,
};
/** Files are listed unless their version is deleted. */
const list = {
  name: 'list-or-unlist-files',
  text: `
    update files as f set listed = v.deleted_at is null
    from versions as v
    where v.version_id = f.version_id and v.version_id = any ($1) and f.listed <> (v.deleted_at is null)`,
};

/** Takes over what upstream did: deleted versions lose jobs, attempts and their place in the index, until they are back (DESIGN §6). */
export async function changeVersions(tx: Transaction, changes: readonly VersionChange[]): Promise<Changed> {
  if (changes.length === 0) return { woken: [], cancel: [] };
  const versionIds = changes.map(({ versionId }) => versionId).toSorted((a, b) => a - b);
  const deleted = changes.filter((one) => one.deleted).map(({ versionId }) => versionId);
  await tx.query({ ...change, values: [JSON.stringify(changes)] });
  const moved = await touched(tx, list, [versionIds]);
  const { woken } = await requeue(tx, versionIds);
  await orderKnownPagesOf(tx, versionIds);
  if (moved > 0) await orderPages(tx, [{ kind: 'index', subject: '' }]);
  return { woken, cancel: await runningAttempts(tx, deleted, null) };
}
