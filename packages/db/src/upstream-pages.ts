import { type PackageName, packageName } from '@piw/wheel/package-name';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';
import { type UpstreamListing, unpackListing } from './upstream-listing.ts';

const duePage = z.object({
  packageId: z.int(),
  package: packageName,
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  isListed: z.boolean(),
});

/** A package of which upstream is to be asked, and what it said of its page the last time: whether it listed anything, too. */
export type DueUpstreamPage = z.output<typeof duePage>;

const due = {
  name: 'due-upstream-pages',
  text: `
    select package_id as "packageId", name as package, etag, last_modified as "lastModified",
      digest is not null as "isListed"
    from upstream_pages join packages using (package_id)
    where due_at <= now()
    order by due_at, package_id
    limit $1`,
};

const now = {
  name: 'ask-upstream-now',
  text: `update upstream_pages set due_at = '-infinity' where package_id = $1`,
};

const failingNow = {
  name: 'ask-failing-now',
  text: `update upstream_pages set due_at = now() where error is not null and due_at > now()`,
};

/** Before all that is merely due: somebody will read the page. */
const hasten = {
  name: 'hasten-upstream-page',
  text: `
    update upstream_pages set due_at = '-infinity'
    where package_id in (select package_id from packages where name = any ($1)) and error is null
      and due_at > now() and heard_at < now() - $2::float8 * interval '1 ms'`,
};

const stored = {
  name: 'upstream-listings',
  text: `
    select name as package, listing from packages join upstream_pages using (package_id)
    where name = any ($1) and listing is not null and (select upstream from farm) = 'merge'`,
};
const storedListing = z.object({ package: packageName, listing: z.instanceof(Buffer) });

/** The packages of which upstream is to be asked, those that wait for it longest first. */
export const dueUpstreamPages = (db: Queryable, limit: number): Promise<DueUpstreamPage[]> =>
  rows(db, due, duePage, [limit]);

/** Upstream is asked for a package before all others: somebody did, too. */
export async function askUpstreamNow(db: Queryable, packageId: number): Promise<void> {
  await db.query({ ...now, values: [packageId] });
}

/** Upstream is back after a time in which it answered nothing: whatever could not be heard of is asked for. */
export async function askFailingNow(db: Queryable): Promise<void> {
  await db.query({ ...failingNow, values: [] });
}

/** Pages of packages are written: what upstream said of them longer ago than this, in milliseconds, is asked for anew. */
export async function hastenUpstreamPages(
  db: Queryable,
  names: readonly PackageName[],
  olderThanMs: number,
): Promise<void> {
  if (names.length > 0) await db.query({ ...hasten, values: [names, olderThanMs] });
}

/** What upstream lists of packages, as it was last heard, by their names; one of which it lists nothing, wasn't heard yet or is ignored is missing. */
export async function upstreamListings(
  db: Queryable,
  names: readonly PackageName[],
): Promise<ReadonlyMap<PackageName, UpstreamListing>> {
  const found = await rows(db, stored, storedListing, [names]);
  return new Map(await Promise.all(found.map(async (one) => [one.package, await unpackListing(one.listing)] as const)));
}
