import type { ProjectListing } from './index-reply.ts';
import type { PackageName } from './package-name.ts';
import { type ProjectFile, yankedReason } from './project-file.ts';
import { parseSdistName, sdistExtension, sdistExtensions } from './sdist-name.ts';
import { sortByVersion, type Version, versionKey } from './version.ts';

/** A version that has a source distribution, with what the index says of that. */
export interface SdistVersion extends Pick<ProjectFile, 'yanked' | 'requiresPython' | 'uploadedAt'> {
  readonly version: Version;
}

interface Sdist {
  readonly version: Version;
  readonly file: ProjectFile;
}

/** The best source distribution of a version: one that isn't yanked (PEP 592), then `.tar.gz` (PEP 625) before `.zip` and others; undefined where there is none. */
export function chooseSdist(listing: ProjectListing, name: PackageName, version: Version): ProjectFile | undefined {
  const key = versionKey(version);
  return bestFirst(sdists(listing, name).filter((sdist) => versionKey(sdist.version) === key))[0]?.file;
}

/** The versions that have a source distribution, newest first (PEP 440); one is yanked where all its source distributions are. */
export function sdistVersions(listing: ProjectListing, name: PackageName): SdistVersion[] {
  // Sorting keeps the best of each version first, and reversed, the newest of all.
  return sortByVersion(bestFirst(sdists(listing, name)).reverse(), ({ version }) => version)
    .reverse()
    .filter(({ version }, i, all) => i === 0 || versionKey(version) !== versionKey(all[i - 1]!.version))
    .map(({ version, file: { yanked, requiresPython, uploadedAt } }) => ({
      version,
      yanked,
      requiresPython,
      uploadedAt,
    }));
}

function sdists({ files }: ProjectListing, name: PackageName): Sdist[] {
  return files
    .map((file) => ({ version: parseSdistName(file.filename, name), file }))
    .filter((sdist): sdist is Sdist => sdist.version !== undefined);
}

const bestFirst = (all: readonly Sdist[]): Sdist[] => all.toSorted((a, b) => compareSdists(a.file, b.file));

function compareSdists(a: ProjectFile, b: ProjectFile): number {
  const yanked = Number(yankedReason(a) !== undefined) - Number(yankedReason(b) !== undefined);
  return yanked || extensionRank(a) - extensionRank(b) || (a.filename < b.filename ? -1 : 1);
}

const extensionRank = ({ filename }: ProjectFile): number =>
  sdistExtensions.indexOf(sdistExtension(filename) ?? '.tar');
