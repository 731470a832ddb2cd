import { canonicalName, type PackageName } from './package-name.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import { sameVersion, type Version } from './version.ts';

const suffix = '.dist-info';

/** The one top-level *.dist-info among an archive's names (PEP 427); UnsoundError where there is none or another. */
export function findDistInfo(names: Iterable<string>): string {
  const found = new Set<string>();
  for (const name of names) {
    const top = name.split('/', 1)[0]!;
    if (top.toLowerCase().endsWith(suffix)) found.add(top);
  }
  const [only, ...others] = found;
  if (only === undefined) throw new UnsoundError('The archive has no *.dist-info directory.');
  if (others.length > 0)
    throw new UnsoundError(
      `The archive has several *.dist-info directories: ${[...found].slice(0, 5).map(quoted).join(', ')}.`,
    );
  return only;
}

/**
 * Whether `name-version.dist-info` is of this package and version (PEP 503, 440). Old backends leave "-" in either, so
 * each may be the one between them, and write "1.0-1" as `1.0_1`.
 */
export function distInfoIsOf(distInfo: string, name: PackageName, version: Version): boolean {
  const parts = distInfo.slice(0, -suffix.length).split('-');
  return parts.some(
    (_, at) =>
      at > 0 &&
      canonicalName(parts.slice(0, at).join('-')) === name &&
      [parts.slice(at).join('-'), parts.slice(at).join('-').replaceAll('_', '-')].some((text) =>
        sameVersion(text, version),
      ),
  );
}
