import { accept, type ProjectListing, type ProjectReply, readProjectReply } from './index-reply.ts';
import { listFolder } from './list-folder.ts';
import type { PackageName } from './package-name.ts';
import { parseSdistName } from './sdist-name.ts';
import { parseWheelName } from './wheel-name.ts';

/** Where packages come from, as pip is configured: an address, or a folder for find-links. */
export interface Places {
  readonly findLinks: readonly string[];
  readonly indexUrls: readonly string[];
}

/** A page as a server answered, after redirections. */
export interface FetchedPage {
  readonly status: number;
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

/** Fetches a page that may be of a type, at most so many bytes of it; throws an UnusableIndexError where that fails. */
export type FetchPage = (url: string, accept: string, maxBytes: number) => Promise<FetchedPage>;

/** An index could not be asked, or its answer is no page; `url` may hold a password. */
export class UnusableIndexError extends Error {
  override readonly name = 'UnusableIndexError';
  readonly url: string;

  constructor(url: string, why: string, options?: ErrorOptions) {
    super(why, options);
    this.url = url;
  }
}

/** The largest project pages have 20 MB. */
export const pageBytes = 64 << 20;

/** All that these places list of a package, find-links before indexes as pip has it; none: nobody knows it. Throws an UnusableIndexError. */
export async function findListings(places: Places, name: PackageName, fetch: FetchPage): Promise<ProjectListing[]> {
  const listings: (ProjectListing | undefined)[] = [];
  for (const place of places.findLinks) listings.push((await listFolder(place)) ?? (await readPage(place, fetch)));
  for (const index of places.indexUrls) listings.push(await readPage(pageUrl(index, name), fetch));
  return listings.filter((listing) => listing !== undefined);
}

/** Where an index has the page of a package (PEP 503). */
export const pageUrl = (index: string, name: PackageName): string => `${index.replace(/\/+$/, '')}/${name}/`;

/** Whether a listed file is one of a package's; find-links list files of any. */
export const isFileOf = (name: PackageName, { filename }: { readonly filename: string }): boolean =>
  parseSdistName(filename, name) !== undefined || parseWheelName(filename)?.name === name;

/** Whether anything of a package is listed. */
export const isListed = (listings: readonly ProjectListing[], name: PackageName): boolean =>
  listings.some(({ files }) => files.some((file) => isFileOf(name, file)));

const readPage = async (url: string, fetch: FetchPage): Promise<ProjectListing | undefined> =>
  readAnswer(url, await fetch(url, accept, pageBytes));

/** What an index that was asked for a page answered; undefined where it knows no such package. Throws an UnusableIndexError. */
export function readAnswer(url: string, page: FetchedPage): ProjectReply | undefined {
  if (page.status === 404 || page.status === 410) return undefined;
  if (page.status !== 200) throw new UnusableIndexError(url, `it answers ${page.status}`);
  try {
    const reply = readProjectReply(page.body, page.contentType, page.url);
    return { ...reply, files: reply.files.filter((file) => isRemote(file.url) || !isRemote(url)) };
  } catch (cause) {
    throw new UnusableIndexError(url, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** What a server lists may be fetched from servers only: never from a file of this machine. */
const isRemote = (url: string): boolean => /^https?:/i.test(url);
