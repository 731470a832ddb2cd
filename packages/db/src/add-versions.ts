import { type Version, version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import { requeue, type Woken } from './requeue.ts';
import { rows } from './rows.ts';

/** A version as an index or an operator tells of it; asked means by its name. */
export interface NewVersion {
  readonly version: Version;
  readonly releasedMs: number | null;
  readonly requiresPython?: string | null;
  readonly yanked?: string | null;
  readonly asked?: boolean;
}

/** What became of each. */
export interface AddedVersions extends Woken {
  readonly versions: readonly { readonly versionId: number; readonly version: Version; readonly isNew: boolean }[];
}

const add = {
  name: 'add-versions',
  text: `
    insert into versions as v (package_id, version, released_at, requires_python, yanked, asked_at)
    select $1, n.version, coalesce(to_timestamp(n."releasedMs" / 1000), now()), n."requiresPython", n.yanked,
      case when n.asked then now() end
    from jsonb_to_recordset($2) as n (version text, "releasedMs" float8, "requiresPython" text, yanked text, asked boolean)
    order by n.version
    on conflict (package_id, version) do update
    set requires_python = excluded.requires_python, yanked = excluded.yanked, deleted_at = null,
      asked_at = coalesce(v.asked_at, excluded.asked_at)
    returning version_id as "versionId", version, xmax = 0 as "isNew"`,
};
const added = z.object({ versionId: z.int(), version, isNew: z.boolean() });

/** Makes versions of a package known, or brings known ones up to date, and queues what is due. No version twice. */
export async function addVersions(
  tx: Transaction,
  packageId: number,
  versions: readonly NewVersion[],
): Promise<AddedVersions> {
  const written = await rows(tx, add, added, [packageId, JSON.stringify(versions)]);
  const { woken } = await requeue(
    tx,
    written.map(({ versionId }) => versionId),
  );
  return { versions: written, woken };
}
