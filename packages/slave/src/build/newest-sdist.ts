import { type SdistVersion, sdistVersions } from '@piw/wheel/choose-sdist';
import type { ProjectListing } from '@piw/wheel/index-reply';
import { yankedReason } from '@piw/wheel/project-file';
import type { Requirement } from '@piw/wheel/requirement';
import { admitsPython } from '@piw/wheel/requires-python';
import { admitsVersion } from '@piw/wheel/specifier';
import { isPrerelease, sortByVersion, type Version } from '@piw/wheel/version';

/**
 * The newest version with a source distribution that a requirement and a Python admit; not a yanked one (PEP 592), and a
 * pre-release only where there is nothing else (PEP 440, "Handling of pre-releases"); undefined where there is none.
 */
export function newestSdist(
  listings: readonly ProjectListing[],
  { name, specifier }: Pick<Requirement, 'name' | 'specifier'>,
  python: string,
): Version | undefined {
  const suits = (each: SdistVersion): boolean =>
    yankedReason(each) === undefined &&
    admitsPython(each.requiresPython, python) &&
    admitsVersion(specifier, each.version);
  const all = listings.flatMap((listing) => sdistVersions(listing, name));
  let preRelease: Version | undefined;
  // From the newest on, and no further than need be: some packages have ten thousands of versions.
  for (const each of sortByVersion(all, ({ version }) => version).reverse()) {
    const isPre = isPrerelease(each.version);
    if ((isPre && preRelease !== undefined) || !suits(each)) continue;
    if (!isPre) return each.version;
    preRelease = each.version;
  }
  return preRelease;
}
