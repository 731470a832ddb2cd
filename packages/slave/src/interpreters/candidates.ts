import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isProgram } from '../toolchains/find-program.ts';

/** A path that may be a Python, and whether somebody asked for it. */
export interface Candidate {
  readonly path: string;
  readonly wanted: boolean;
}

/** `python3`, `python3.13`, `python3.13t`, `pypy3`, `pypy3.10`: no `python3-config`, no `python3.11d`. */
const pythonName = /^(?:python3(?:\.\d+t?)?|pypy3(?:\.\d+)?)$/;

/**
 * What may be a Python: first what was asked for, then all that the folders have, in their order; in one folder CPython before PyPy, and the one
 * without a version, which is the one that its owner means, first. Of several names of one executable, the first.
 */
export function candidates(folders: readonly string[], wanted: readonly string[]): Candidate[] {
  const seen = new Set(wanted.map(identity));
  const others: Candidate[] = [];
  for (const found of folders.flatMap(pythonsIn)) {
    const id = identity(found);
    if (!seen.has(id)) others.push({ path: found, wanted: false });
    seen.add(id);
  }
  return [...wanted.map((each) => ({ path: each, wanted: true })), ...others];
}

/**
 * The executable that a name leads to, since starting each takes a third of a second. Not so where the name matters: in a virtual
 * environment (PEP 405), which may be broken, and of a version manager's shims, which all lead to the manager.
 */
function identity(path: string): string {
  const inEnvironment = [dirname(path), dirname(dirname(path))].some((folder) =>
    existsSync(join(folder, 'pyvenv.cfg')),
  );
  const real = inEnvironment ? path : realPath(path);
  return pythonName.test(basename(real)) ? real : path;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
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
