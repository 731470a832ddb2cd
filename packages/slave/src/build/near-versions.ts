import { sdistVersions } from '@piw/wheel/choose-sdist';
import type { ProjectListing } from '@piw/wheel/index-reply';
import type { PackageName } from '@piw/wheel/package-name';
import { yankedReason } from '@piw/wheel/project-file';
import { compareVersions, type Version } from '@piw/wheel/version';

const most = 3;

/** The versions with a source distribution (PEP 592: none that is yanked) next to one that has none, newest first: those below it, and one above; three at most. */
export function nearVersions(listings: readonly ProjectListing[], name: PackageName, version: Version): Version[] {
  const all = listings.flatMap((listing) => sdistVersions(listing, name));
  const kept = all.filter((each) => yankedReason(each) === undefined).map((each) => each.version);
  const known = [...new Set(kept)].sort((a, b) => compareVersions(b, a));
  const above = known.filter((each) => compareVersions(each, version) > 0).length;
  const from = Math.max(0, Math.min(above - 1, known.length - most));
  return known.slice(from, from + most);
}
