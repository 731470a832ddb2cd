import type { NewVersion } from '@piw/db/add-versions';
import { Refusal } from '@piw/host/operator-error';
import { type SdistVersion, sdistVersions } from '@piw/wheel/choose-sdist';
import type { ProjectListing } from '@piw/wheel/index-reply';
import type { PackageName } from '@piw/wheel/package-name';
import { yankedReason } from '@piw/wheel/project-file';
import { compareVersions, isPrerelease, sameVersion, type Version } from '@piw/wheel/version';
import { parseWheelName } from '@piw/wheel/wheel-name';

/** What somebody asks for: one version, the newest, or all. */
export type Wanted = Version | 'newest' | 'all';

/**
 * The versions that are meant, of those that have a source distribution. The newest is the newest final release that isn't
 * yanked, else the newest pre-release (PEP 440, "Handling of pre-releases"; PEP 592); all are all that aren't yanked.
 * Throws a Refusal where there is none.
 */
export function chooseVersions(
  listing: ProjectListing | undefined,
  name: PackageName,
  wanted: Wanted,
): [NewVersion, ...NewVersion[]] {
  if (!listing)
    throw new Refusal(`The index has no package ${name}.`, 'Look at how it is spelled, and at which index pip asks.');
  const versions = sdistVersions(listing, name);
  if (versions.length === 0)
    throw new Refusal(
      `${name} has no source distribution, only wheels: there is nothing to build.`,
      'Install it from its own index.',
    );
  const [first, ...others] = choose(versions, wanted).map(newVersion);
  if (first) return [first, ...others];
  throw wanted === 'newest' || wanted === 'all' ? allYanked(name, versions) : noSuch(listing, versions, name, wanted);
}

function choose(versions: readonly SdistVersion[], wanted: Wanted): SdistVersion[] {
  const usable = versions.filter((one) => yankedReason(one) === undefined);
  switch (wanted) {
    case 'all':
      return usable;
    case 'newest':
      return [usable.find(({ version }) => !isPrerelease(version)) ?? usable[0]].filter((one) => one !== undefined);
    default:
      return versions.filter(({ version }) => sameVersion(version, wanted)).slice(0, 1);
  }
}

/** What the database keeps of it; a Requires-Python too long for anybody's use says nothing. */
function newVersion({ version, uploadedAt, requiresPython, yanked }: SdistVersion): NewVersion {
  const uploadedMs = uploadedAt === null ? Number.NaN : new Date(uploadedAt).getTime();
  return {
    version,
    releasedMs: Number.isFinite(uploadedMs) ? uploadedMs : null,
    requiresPython: requiresPython !== null && requiresPython.length <= 500 ? requiresPython : null,
    yanked: yankedReason({ yanked })?.slice(0, 2000) ?? null,
    asked: true,
  };
}

const allYanked = (name: PackageName, [newest]: readonly SdistVersion[]): Refusal =>
  new Refusal(
    `Every version of ${name} that has a source distribution is yanked.`,
    `Name one to build it all the same: piw-add ${name} ${newest?.version ?? 'VERSION'}`,
  );

function noSuch(
  { files }: ProjectListing,
  versions: readonly SdistVersion[],
  name: PackageName,
  wanted: Version,
): Refusal {
  const hasWheels = files.some(({ filename }) => isWheelOf(filename, name, wanted));
  const near = nearestVersions(versions, wanted);
  return new Refusal(
    hasWheels
      ? `${name} ${wanted} has no source distribution, only wheels.`
      : `The index has no version ${wanted} of ${name}.`,
    `The nearest that can be built: ${near.join(', ')}.`,
  );
}

function isWheelOf(filename: string, name: PackageName, version: Version): boolean {
  const wheel = parseWheelName(filename);
  return wheel?.name === name && sameVersion(wheel.version, version);
}

/** Of versions from new to old the two next above and the two next below, old to new. */
function nearestVersions(versions: readonly SdistVersion[], wanted: Version): Version[] {
  const below = versions.findIndex(({ version }) => compareVersions(version, wanted) < 0);
  const place = below === -1 ? versions.length : below;
  return versions
    .slice(Math.max(0, place - 2), place + 2)
    .map(({ version }) => version)
    .reverse();
}
