import path from 'node:path';
import type { WheelFacts } from '@piw/wheel/wheel-file';

type Elf = Pick<WheelFacts['elf'][number], 'path' | 'needed' | 'runpath' | 'soname'>;

/**
 * The names in DT_NEEDED that a wheel's own files do not answer: a library answers where it lies in a folder that the needing
 * file searches relative to itself ($ORIGIN), or under a soname that is loaded already, since loading its dependents loaded it.
 */
export function externalLibraries(elf: readonly Elf[]): string[] {
  const places = new Set(elf.map((file) => file.path));
  const sonames = new Set(elf.flatMap(({ soname, path: file }) => [soname ?? path.posix.basename(file)]));
  const external = elf.flatMap((file) =>
    file.needed.filter(
      (name) => !sonames.has(name) && !searched(file).some((folder) => places.has(path.posix.join(folder, name))),
    ),
  );
  return [...new Set(external)].filter(isName).sort().slice(0, 500);
}

/** The loader takes a name with a slash for a path, and builds don't need such. */
const isName = (name: string): boolean => /^[^/]{1,200}$/.test(name);

/** The folders of the wheel that a file's run path names. */
const searched = ({ path: file, runpath }: Elf): string[] =>
  runpath
    .filter((folder) => /^\$\{?ORIGIN\}?/.test(folder))
    .map((folder) => folder.replace(/^\$\{?ORIGIN\}?/, path.posix.dirname(file)));
