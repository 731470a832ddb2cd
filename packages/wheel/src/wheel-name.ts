import { type PackageName, packageName } from './package-name.ts';
import { compressTags, expandTag, type Tag } from './tag.ts';
import { parseVersion, type Version } from './version.ts';

/** What a wheel's filename says; `rawName` is the name as it stands there. */
export interface WheelName {
  readonly name: PackageName;
  readonly rawName: string;
  readonly version: Version;
  readonly buildTag: string | null;
  readonly tags: readonly Tag[];
}

const plainFilename = /^[A-Za-z0-9][\w.+!-]*\.whl$/;

/**
 * Reads `name-version(-build)-python-abi-platform.whl` (PEP 427, "File name convention"); undefined where a filename is
 * none. Names and versions that older tools left uncanonical are understood.
 */
export function parseWheelName(filename: string): WheelName | undefined {
  if (filename.length > 400 || !plainFilename.test(filename)) return undefined;
  const parts = filename.slice(0, -'.whl'.length).split('-');
  if (parts.length !== 5 && parts.length !== 6) return undefined;
  const [rawName = '', rawVersion = ''] = parts;
  const buildTag = parts.length === 6 ? (parts[2] ?? null) : null;
  const name = packageName.safeParse(rawName);
  // "-" becomes "_" in a filename, so an uncanonical "1.0-1" stands there as "1.0_1".
  const version = parseVersion(rawVersion) ?? parseVersion(rawVersion.replaceAll('_', '-'));
  const tags = expandTag(parts.slice(-3).join('-'));
  if (!name.success || version === undefined || tags.length === 0) return undefined;
  if (buildTag !== null && !/^\d/.test(buildTag)) return undefined;
  return { name: name.data, rawName, version, buildTag, tags };
}

/** The filename of a wheel (PEP 427); throws a RangeError where no compressed tag set means its tags. */
export function formatWheelName({ rawName, version, buildTag, tags }: Omit<WheelName, 'name'>): string {
  const tag = compressTags(tags);
  if (tag === undefined) throw new RangeError(`no compressed tag set means ${tags.join(', ')}`);
  const build = buildTag === null ? '' : `-${buildTag}`;
  return `${rawName.replace(/-+/g, '_')}-${version}${build}-${tag}.whl`;
}
