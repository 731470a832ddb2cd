import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Where administrators' programs are, which an ordinary user's PATH may not name. */
const always = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** The first executable file of this name in a PATH, then in the system's own directories; null where there is none. */
export function findProgram(name: string, path: string): string | null {
  const directories = [...directoriesOf(path), ...always];
  return directories.map((directory) => join(directory, name)).find(isProgram) ?? null;
}

/** The directories of a PATH; empty and relative ones, which mean wherever one happens to be, are left out. */
export const directoriesOf = (path: string): string[] => path.split(':').filter(isAbsolute);

/** A file that may be executed by whoever asks. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
