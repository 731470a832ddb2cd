import { canonicalName, type PackageName } from './package-name.ts';
import { parseVersion, type Version } from './version.ts';

/** How the filename of a source distribution may end, best first: PEP 625 knows the first alone, PyPI has kept the others. */
export const sdistExtensions = ['.tar.gz', '.tgz', '.zip', '.tar.bz2', '.tbz', '.tar.xz', '.txz', '.tar'] as const;

/** Some letters of other scripts are small letters of ours in lower case, and some of their spaces count as none. */
const plainFilename = /^[A-Za-z0-9][\w.+! -]{0,399}$/;

/** The version of a package whose source distribution this file is (PEP 625, and the older `Foo.Bar-1.0.zip`); undefined where it is none. */
export function parseSdistName(filename: string, name: PackageName): Version | undefined {
  const extension = sdistExtension(filename);
  if (extension === undefined || !plainFilename.test(filename)) return undefined;
  const stem = filename.slice(0, -extension.length);
  // Names and versions may both have dashes: what the name is tells where it ends.
  const dash = [...stem.matchAll(/-/g)].find(({ index }) => canonicalName(stem.slice(0, index)) === name);
  return dash && parseVersion(stem.slice(dash.index + 1));
}

/** Which of the endings of a source distribution a filename has. */
export function sdistExtension(filename: string): (typeof sdistExtensions)[number] | undefined {
  const lower = filename.toLowerCase();
  return sdistExtensions.find((extension) => lower.endsWith(extension));
}
