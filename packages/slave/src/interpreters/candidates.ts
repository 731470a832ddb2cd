import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { directoriesOf, isProgram } from '../toolchains/find-program.ts';

/** A path that may be a Python, and whether somebody asked for it. */
export interface Candidate {
  readonly path: string;
  readonly wanted: boolean;
}

/** `python3`, `python3.13`, `python3.13t`, `pypy3`, `pypy3.10`: no `python3-config`, no `python3.11d`. */
const pythonName = /^(?:python3(?:\.\d+t?)?|pypy3(?:\.\d+)?)$/;

/**
 * What may be a Python: first what was asked for, then all that PATH has, in its order; in one folder CPython before PyPy, and the one
 * without a version, which is the one that its owner means, first.
 */
export function candidates(path: string, wanted: readonly string[]): Candidate[] {
  const found = directoriesOf(path).flatMap(pythonsIn);
  return [
    ...wanted.map((each) => ({ path: each, wanted: true })),
    ...[...new Set(found)].filter((each) => !wanted.includes(each)).map((each) => ({ path: each, wanted: false })),
  ];
}

function pythonsIn(folder: string): string[] {
  const names = listed(folder).filter((name) => pythonName.test(name));
  return names
    .sort((a, b) => Number(isPypy(a)) - Number(isPypy(b)) || a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(folder, name))
    .filter(isProgram);
}

const isPypy = (name: string): boolean => name.startsWith('pypy');

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
