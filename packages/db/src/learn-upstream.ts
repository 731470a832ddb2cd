import type { ProjectListing } from '@piw/wheel/index-reply';
import { packageName } from '@piw/wheel/package-name';
import { type UpstreamVersion, upstreamVersions } from '@piw/wheel/upstream-versions';
import { version, versionKey } from '@piw/wheel/version';
import { z } from 'zod';
import { type Changed, changeVersions, type VersionChange } from './change-versions.ts';
import { lockVersions } from './lock-versions.ts';
import type { Transaction } from './queryable.ts';
import { rows } from './rows.ts';
import { servedWheels } from './upstream-wheels.ts';

const known = {
  name: 'versions-for-upstream',
  text: `
    select version_id as "versionId", version, yanked, deleted_at is not null as deleted, upstream
    from versions
    where package_id = $1
    order by version_id`,
};
const knownVersion = z.object({
  versionId: z.int(),
  version,
  yanked: z.string().nullable(),
  deleted: z.boolean(),
  upstream: servedWheels,
});
type KnownVersion = z.output<typeof knownVersion>;

/** A package whose list is learnt. */
export interface Learner {
  readonly packageId: number;
  readonly package: string;
}

/**
 * Takes over what upstream lists of a package's versions, which files it serves and what it yanked; a version that it listed
 * before and lists no more is deleted. What the farm has from elsewhere stays as it is.
 */
export async function learnUpstream(
  tx: Transaction,
  { packageId, package: text }: Learner,
  now: ProjectListing,
  before: ProjectListing,
): Promise<Changed> {
  const name = packageName.parse(text);
  const [listed, was] = [upstreamVersions(now, name), upstreamVersions(before, name)];
  const seen = await rows(tx, known, knownVersion, [packageId]);
  await lockVersions(
    tx,
    seen.map(({ versionId }) => versionId),
  );
  const versions = await rows(tx, known, knownVersion, [packageId]);
  const changes = versions.map((one): VersionChange & { readonly isNews: boolean } => {
    const key = versionKey(one.version);
    return changeOf(one, listed.get(key), was.has(key));
  });
  return changeVersions(
    tx,
    changes.filter(({ isNews }) => isNews),
  );
}

function changeOf(known: KnownVersion, listed: UpstreamVersion | undefined, was: boolean) {
  const { versionId } = known;
  const upstream = listed?.wheels ?? [];
  const yanked = listed ? listed.yanked : known.yanked;
  const deleted = listed ? false : was || known.deleted;
  const isNews =
    yanked !== known.yanked ||
    deleted !== known.deleted ||
    known.upstream === null ||
    JSON.stringify(upstream) !== JSON.stringify(known.upstream);
  return { versionId, yanked, deleted, upstream, isNews };
}
