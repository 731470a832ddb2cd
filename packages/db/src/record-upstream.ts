import { active, type ProjectPage } from '@piw/wheel/project-file';
import { z } from 'zod';
import type { Changed } from './change-versions.ts';
import { learnUpstream } from './learn-upstream.ts';
import { orderKnownPages } from './page-orders.ts';
import type { Queryable, Transaction } from './queryable.ts';
import { firstRow } from './rows.ts';
import { packListing, type UpstreamListing, unpackListing } from './upstream-listing.ts';

/** What upstream answered: a page, that it hasn't changed since the last one, or that there is none. */
export type UpstreamAnswer =
  | {
      readonly type: 'listed';
      readonly listing: Omit<ProjectPage, 'name'>;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly type: 'unchanged' }
  | { readonly type: 'missing' };

/** What follows from an answer; `isNews`: pages were ordered. */
export interface Recorded extends Changed {
  readonly isNews: boolean;
}

const standing = {
  name: 'upstream-page',
  text: `
    select p.name as package, u.digest,
      coalesce(u.missed_at <= now() - $2::float8 * interval '1 ms', false) as "isMissedAgain",
      exists (select from versions as v where v.package_id = u.package_id and v.upstream is null) as unheard
    from upstream_pages as u join packages as p using (package_id)
    where package_id = $1
    for update of u`,
};
const standingPage = z.object({
  package: z.string(),
  digest: z.string().nullable(),
  isMissedAgain: z.boolean(),
  unheard: z.boolean(),
});

const stored = { name: 'stored-upstream-listing', text: `select listing from upstream_pages where package_id = $1` };

const heard = {
  name: 'upstream-heard',
  text: `
    update upstream_pages
    set heard_at = now(), due_at = now() + $2::float8 * interval '1 ms', error = null, failures = 0,
      missed_at = case when $3 then coalesce(missed_at, now()) end
    where package_id = $1`,
};

const keep = {
  name: 'keep-upstream-page',
  text: `update upstream_pages set listing = $2, digest = $3, etag = $4, last_modified = $5 where package_id = $1`,
};

const failed = {
  name: 'upstream-failed',
  text: `
    update upstream_pages
    set error = left($2, 2000), failures = least(failures + 1, 30),
      due_at = now() + least(greatest($3::float8 * 2 ^ failures, $5), $4) * interval '1 ms'
    where package_id = $1`,
};

/** Whether upstream lists anything of any other package, as far as was heard since this one was missed; and whether it ever did. */
const elsewhere = {
  name: 'upstream-elsewhere',
  text: `
    select
      exists (select from upstream_pages as u where u.package_id <> $1 and digest is not null) as "wasListed",
      exists (select from upstream_pages as u where u.package_id <> $1 and digest is not null and missed_at is null
        and heard_at >= (select missed_at from upstream_pages where package_id = $1)) as "isListed"`,
};
const listedElsewhere = z.object({ wasListed: z.boolean(), isListed: z.boolean() });

const tellStatus = {
  name: 'set-package-status',
  text: `update packages set status = $2 where package_id = $1 and status <> $2`,
};

const failing = {
  name: 'upstream-failing',
  text: `select exists (select from upstream_pages where error is not null) as failing`,
};

const nothing: UpstreamListing = { files: [], versions: [], ...active };
const noNews: Recorded = { woken: [], cancel: [], isNews: false };

/** That upstream has nothing of any package any more: an index that lost its way says that, not one that lost its packages. */
export class ImplausibleListingError extends Error {
  override readonly name = 'ImplausibleListingError';
}

/**
 * Takes over what upstream says of a package: its versions, jobs and pages in one transaction (DESIGN §6, §9). That all of it is
 * gone is believed when it is still so after `everyMs`; until then the last list stays. It is asked for again after `everyMs`. Throws an
 * ImplausibleListingError, after which the transaction is to be rolled back.
 */
export async function recordUpstream(
  tx: Transaction,
  packageId: number,
  answer: UpstreamAnswer,
  everyMs: number,
): Promise<Recorded> {
  const page = await firstRow(tx, standing, standingPage, [packageId, everyMs]);
  if (!page) return noNews; // the package was removed meanwhile
  const seemsGone = isEmpty(answer);
  if (seemsGone && page.digest !== null && page.isMissedAgain) await requirePlausible(tx, packageId, page.package);
  await tx.query({ ...heard, values: [packageId, everyMs, seemsGone] });
  const isDoubtful = seemsGone && page.digest !== null && !page.isMissedAgain;
  if (isDoubtful || (answer.type === 'unchanged' && !page.unheard)) return noNews;
  const before = await storedListing(tx, packageId);
  const isNews = answer.type !== 'unchanged' && (await keepListing(tx, packageId, page.digest, answer));
  if (!isNews && !page.unheard) return noNews;
  const now = answer.type === 'listed' ? answer.listing : answer.type === 'missing' ? nothing : before;
  await tx.query({ ...tellStatus, values: [packageId, now.status] });
  const changed = await learnUpstream(tx, { packageId, package: page.package }, now, before);
  await orderKnownPages(tx, [page.package]);
  return { ...changed, isNews: true };
}

/** That a project is in quarantine is no gap: it says why it lists nothing (PEP 792). */
const isEmpty = (answer: UpstreamAnswer): boolean =>
  answer.type === 'missing' ||
  (answer.type === 'listed' && answer.listing.files.length === 0 && answer.listing.status !== 'quarantined');

async function requirePlausible(tx: Transaction, packageId: number, name: string): Promise<void> {
  const { wasListed, isListed } = (await firstRow(tx, elsewhere, listedElsewhere, [packageId]))!;
  if (wasListed && !isListed)
    throw new ImplausibleListingError(`Upstream has nothing of ${name} any more, nor of any other package`);
}

/** Upstream could not be heard of a package: what is known stays, and it is asked again after `retryMs`, twice as long each time, `leastMs` at least and `mostMs` at most. */
export async function recordUpstreamFailure(
  db: Queryable,
  packageId: number,
  error: string,
  { retryMs, mostMs, leastMs = 0 }: { readonly retryMs: number; readonly mostMs: number; readonly leastMs?: number },
): Promise<void> {
  await db.query({ ...failed, values: [packageId, error, retryMs, mostMs, leastMs] });
}

/** Whether there is a package of which upstream can't be heard. */
export const isUpstreamFailing = async (db: Queryable): Promise<boolean> =>
  (await firstRow(db, failing, z.object({ failing: z.boolean() })))!.failing;

async function storedListing(tx: Transaction, packageId: number): Promise<UpstreamListing> {
  const found = await firstRow(tx, stored, z.object({ listing: z.instanceof(Buffer).nullable() }), [packageId]);
  return found?.listing ? unpackListing(found.listing) : nothing;
}

/** Stores what was answered; whether it says anything else than what was stored. */
async function keepListing(
  tx: Transaction,
  packageId: number,
  digest: string | null,
  answer: Exclude<UpstreamAnswer, { type: 'unchanged' }>,
): Promise<boolean> {
  const { etag, lastModified } = answer.type === 'listed' ? answer : { etag: null, lastModified: null };
  const packed = answer.type === 'listed' ? await packListing(answer.listing) : { listing: null, digest: null };
  await tx.query({ ...keep, values: [packageId, packed.listing, packed.digest, etag, lastModified] });
  return packed.digest !== digest;
}
