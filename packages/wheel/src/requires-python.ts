import { satisfies, validRange } from '@renovatebot/pep440';

/**
 * Whether a Requires-Python (PEP 345, specifiers of PEP 440) admits a Python, as pip judges: by the numbers of its
 * version alone, so that `3.13.0rc1` counts as 3.13.0 and `3.11.2+` as 3.11.2. A specifier that is invalid or longer
 * than 1,000 characters admits every Python, and so does one when the Python's version is unknown.
 */
export function admitsPython(requiresPython: string | null, python: string): boolean {
  const release = /^\d{1,9}(?:\.\d{1,9}){0,5}/.exec(python)?.[0];
  if (requiresPython === null || requiresPython.length > 1000 || release === undefined) return true;
  const clauses = requiresPython.split(',').filter((clause) => clause.trim() !== '');
  const specifier = clauses.join(',');
  return specifier === '' || !validRange(specifier) || satisfies(release, specifier);
}
