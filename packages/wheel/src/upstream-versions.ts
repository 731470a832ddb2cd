import type { ProjectListing } from './index-reply.ts';
import type { PackageName } from './package-name.ts';
import { type ProjectFile, yankedReason } from './project-file.ts';
import { parseSdistName } from './sdist-name.ts';
import { versionKey } from './version.ts';
import { parseWheelName } from './wheel-name.ts';

/** Wheels that an index serves to the same Pythons: their compressed tag sets (PEP 425), each once. */
export interface ServedWheels {
  readonly requiresPython: string | null;
  readonly tagSets: readonly string[];
}

/** What an index says of one version: the reason of its yank (PEP 592), null where it has none; and which wheels it serves. */
export interface UpstreamVersion {
  readonly yanked: string | null;
  readonly wheels: readonly ServedWheels[];
}

/** More wheels of one version than any project has. */
const mostWheels = 2000;

/**
 * What an index lists of a package, by `versionKey`. A version is yanked where all its source distributions are, or, without
 * any, all its wheels. Yanked wheels serve nobody who doesn't ask for that version by name, so they don't count.
 */
export function upstreamVersions({ files }: ProjectListing, name: PackageName): Map<string, UpstreamVersion> {
  const found = new Map<string, Found>();
  for (const file of files) {
    const sdist = parseSdistName(file.filename, name);
    const wheel = sdist === undefined ? parseWheelName(file.filename) : undefined;
    const version = sdist ?? (wheel?.name === name ? wheel.version : undefined);
    if (version === undefined) continue;
    const key = versionKey(version);
    const known = found.get(key) ?? { sdists: [], wheels: [] };
    (sdist === undefined ? known.wheels : known.sdists).push(file);
    found.set(key, known);
  }
  return new Map([...found].map(([key, one]) => [key, toVersion(one)]));
}

interface Found {
  readonly sdists: ProjectFile[];
  readonly wheels: ProjectFile[];
}

function toVersion({ sdists, wheels }: Found): UpstreamVersion {
  const judged = sdists.length > 0 ? sdists : wheels;
  const isYanked = judged.every((file) => yankedReason(file) !== undefined);
  const served = wheels.filter((file) => yankedReason(file) === undefined).slice(0, mostWheels);
  return { yanked: isYanked ? (yankedReason(judged[0]!)?.slice(0, 2000) ?? null) : null, wheels: byPython(served) };
}

/** In an order that depends on nothing else, so that what is the same looks the same. */
function byPython(wheels: readonly ProjectFile[]): ServedWheels[] {
  const groups = new Map<string | null, ProjectFile[]>();
  for (const wheel of wheels) {
    const group = groups.get(wheel.requiresPython);
    if (group) group.push(wheel);
    else groups.set(wheel.requiresPython, [wheel]);
  }
  return [...groups]
    .map(([requiresPython, files]) => ({ requiresPython, tagSets: [...new Set(files.map(tagSetOf))].toSorted() }))
    .toSorted((a, b) => ((a.requiresPython ?? '') < (b.requiresPython ?? '') ? -1 : 1));
}

/** `py2.py3-none-any` of a wheel's filename. */
const tagSetOf = ({ filename }: ProjectFile): string =>
  filename.slice(0, -'.whl'.length).split('-').slice(-3).join('-').toLowerCase();
