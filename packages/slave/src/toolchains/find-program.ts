import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The system's own directories for programs, of which an ordinary user's PATH may lack some. */
export const systemPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The first executable file of this name in a PATH, then in the system's own directories; null where there is none. */
export const findProgram = (name: string, path: string): string | null => programsNamed(name, path)[0] ?? null;

/** All of them, in that order. */
export const programsNamed = (name: string, path: string): string[] =>
  [...new Set([...directoriesOf(path), ...systemPath])].map((directory) => join(directory, name)).filter(isProgram);

/** The directories of a PATH; empty and relative ones, which mean wherever one happens to be, are left out. */
export const directoriesOf = (path: string): string[] => path.split(':').filter((each) => isAbsolute(each));

/** A file that may be executed by whoever asks. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
