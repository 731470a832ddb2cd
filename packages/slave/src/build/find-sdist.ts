import { chooseSdist, sdistVersions } from '@piw/wheel/choose-sdist';
import { accept, type ProjectFile, type ProjectListing, readProjectReply } from '@piw/wheel/index-reply';
import type { PackageName } from '@piw/wheel/package-name';
import { parseSdistName } from '@piw/wheel/sdist-name';
import type { Version } from '@piw/wheel/version';
import { parseWheelName } from '@piw/wheel/wheel-name';
import { fault } from './build-fault.ts';
import { listFolder } from './list-folder.ts';
import { plainly } from './network-trouble.ts';
import { type IndexPage, PipError, type PipServer, type PipSettings } from './pip-server.ts';
import { publicUrl } from './public-url.ts';

/** The largest project pages have 20 MB. */
const pageBytes = 64 << 20;

/** All that pip's sources list of a package: find-links and indexes, in pip's order. Throws a `transient` where one doesn't answer. */
export async function findListings(
  pip: Pick<PipServer, 'get'>,
  settings: PipSettings,
  name: PackageName,
): Promise<ProjectListing[]> {
  const listings: (ProjectListing | undefined)[] = [];
  for (const place of settings.findLinks) listings.push((await listFolder(place)) ?? (await readPage(pip, place)));
  for (const index of settings.indexUrls) listings.push(await readPage(pip, `${index.replace(/\/+$/, '')}/${name}/`));
  return listings.filter((listing) => listing !== undefined);
}

/** The best source distribution of a version; throws `no-source` that says what exactly is missing. */
export function findSdist(listings: readonly ProjectListing[], name: PackageName, version: Version): ProjectFile {
  for (const listing of listings) {
    const sdist = chooseSdist(listing, name, version);
    if (sdist) return sdist;
  }
  const others = listings.some((listing) => sdistVersions(listing, name).length > 0);
  const text = isKnown(listings, name)
    ? `The index has no source distribution of ${name}${others ? ` ${version}` : ', of no version'}.`
    : `The index has no package ${name}.`;
  throw fault('no-source', 'no-sdist', name, text);
}

/** Whether anything of a package is listed; folders of find-links hold other packages too. */
export const isKnown = (listings: readonly ProjectListing[], name: PackageName): boolean =>
  listings.some(({ files }) =>
    files.some(
      ({ filename }) => parseSdistName(filename, name) !== undefined || parseWheelName(filename)?.name === name,
    ),
  );

async function readPage(pip: Pick<PipServer, 'get'>, url: string): Promise<ProjectListing | undefined> {
  const page = await pip.get(url, accept, pageBytes).catch((error: unknown) => {
    throw error instanceof PipError && error.kind !== 'Ended' ? unreachable(url, plainly(error.message)) : error;
  });
  if (page.status === 404 || page.status === 410) return undefined;
  if (page.status !== 200) throw unreachable(url, `it answers ${page.status}`);
  return read(page);
}

function read({ body, contentType, url }: IndexPage): ProjectListing {
  try {
    const listing = readProjectReply(Buffer.from(body, 'base64').toString('utf8'), contentType, url);
    return { ...listing, files: listing.files.filter((file) => isRemote(file.url) || !isRemote(url)) };
  } catch (error) {
    throw unreachable(url, error instanceof Error ? error.message : String(error));
  }
}

const unreachable = (url: string, why: string) =>
  fault(
    'transient',
    'index-unreachable',
    new URL(publicUrl(url)).host || null,
    `The index at ${publicUrl(url)} cannot be used: ${why}.`,
  );

/** What a server lists may be fetched from servers only: never from a file of this machine. */
const isRemote = (url: string): boolean => /^https?:/i.test(url);
