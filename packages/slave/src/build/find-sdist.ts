import { plainly } from '@piw/host/pip/network-trouble';
import { PipError } from '@piw/host/pip/pip-error';
import type { PipServer, PipSettings } from '@piw/host/pip/pip-server';
import { publicUrl } from '@piw/host/pip/public-url';
import { withFullStop } from '@piw/host/with-full-stop';
import { chooseSdist } from '@piw/wheel/choose-sdist';
import type { ProjectFile, ProjectListing } from '@piw/wheel/index-reply';
import type { PackageName } from '@piw/wheel/package-name';
import { type FetchPage, isListed, findListings as listingsOf, UnusableIndexError } from '@piw/wheel/project-listings';
import type { Version } from '@piw/wheel/version';
import { fault } from './build-fault.ts';
import { nearVersions } from './near-versions.ts';

/** All that pip's sources list of a package: find-links and indexes, in pip's order. Throws a `transient` where one doesn't answer. */
export async function findListings(
  pip: Pick<PipServer, 'get'>,
  settings: PipSettings,
  name: PackageName,
): Promise<ProjectListing[]> {
  const fetch: FetchPage = (url, accept, maxBytes) =>
    pip.get(url, accept, maxBytes).catch((error: unknown) => {
      if (!(error instanceof PipError) || error.kind === 'Ended') throw error;
      throw new UnusableIndexError(url, plainly(error.message));
    });
  return listingsOf(settings, name, fetch).catch((error: unknown) => {
    throw error instanceof UnusableIndexError ? unreachable(error) : error;
  });
}

/** The best source distribution of a version; throws `no-source` that says what exactly is missing. */
export function findSdist(listings: readonly ProjectListing[], name: PackageName, version: Version): ProjectFile {
  for (const listing of listings) {
    const sdist = chooseSdist(listing, name, version);
    if (sdist) return sdist;
  }
  throw fault('no-source', 'no-sdist', name, whatIsMissing(listings, name, version));
}

function whatIsMissing(listings: readonly ProjectListing[], name: PackageName, version: Version): string {
  if (!isListed(listings, name)) return `The index has no package ${name}.`;
  const near = nearVersions(listings, name, version);
  if (near.length === 0) return `The index has no source distribution of ${name}, of no version.`;
  return `The index has no source distribution of ${name} ${version}; the nearest: ${near.join(', ')}.`;
}

const unreachable = ({ url, message }: UnusableIndexError) =>
  fault(
    'transient',
    'index-unreachable',
    new URL(publicUrl(url)).host || null,
    withFullStop(`The index at ${publicUrl(url)} cannot be used: ${message}`),
  );
