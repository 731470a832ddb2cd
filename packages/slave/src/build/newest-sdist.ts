import { sdistVersions } from '@piw/wheel/choose-sdist';
import type { ProjectListing } from '@piw/wheel/index-reply';
import { yankedReason } from '@piw/wheel/project-file';
import type { Requirement } from '@piw/wheel/requirement';
import { admitsPython } from '@piw/wheel/requires-python';
import { admitsVersion } from '@piw/wheel/specifier';
import { compareVersions, isPrerelease, type Version } from '@piw/wheel/version';

/**
 * The newest version with a source distribution that a requirement and a Python admit; not a yanked one (PEP 592), and a
 * pre-release only where there is nothing else (PEP 440, "Handling of pre-releases"); undefined where there is none.
 */
export function newestSdist(
  listings: readonly ProjectListing[],
  { name, specifier }: Pick<Requirement, 'name' | 'specifier'>,
  python: string,
): Version | undefined {
  const suitable = listings
    .flatMap((listing) => sdistVersions(listing, name))
    .filter((each) => yankedReason(each) === undefined && admitsPython(each.requiresPython, python))
    .map(({ version }) => version)
    .filter((version) => admitsVersion(specifier, version))
    .sort((a, b) => compareVersions(b, a));
  return suitable.find((version) => !isPrerelease(version)) ?? suitable[0];
}
