import { readdir } from 'node:fs/promises';
import path from 'node:path';

const compiled = /\.(?:c|cc|cpp|cxx|pyx|rs)$/i;

/** A source file of C, C++, Cython or Rust in a tree, by its path there; undefined where there is none. What a build left in `build` is not looked at. */
export async function compiledSource(root: string, folder = '.'): Promise<string | undefined> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const file = entries.find((entry) => entry.isFile() && compiled.test(entry.name));
  if (file) return path.join(folder, file.name);
  for (const entry of entries) {
    if (!entry.isDirectory() || (folder === '.' && entry.name === 'build')) continue;
    const found = await compiledSource(root, path.join(folder, entry.name));
    if (found !== undefined) return found;
  }
  return undefined;
}
