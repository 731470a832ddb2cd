import { parseSpecifier } from './specifier.ts';
import { versionParts } from './version-parts.ts';

/**
 * Whether a Requires-Python (PEP 345, specifiers of PEP 440) admits a Python, as pip judges: by the numbers of its
 * version alone, so that `3.13.0rc1` counts as 3.13.0 and `3.11.2+` as 3.11.2. An invalid specifier admits every
 * Python, and so does any when the Python's version is unknown.
 */
export function admitsPython(requiresPython: string | null, python: string): boolean {
  const release = versionParts(/^\d+(?:\.\d+)*/.exec(python)?.[0] ?? '');
  if (requiresPython === null || release === undefined) return true;
  return parseSpecifier(requiresPython)?.(release) ?? true;
}
