import { readdir } from 'node:fs/promises';
import path from 'node:path';

const compiled = /\.(?:c|cc|cpp|cxx|pyx|rs)$/i;
const deepest = 20;

/**
 * A source file of C, C++, Cython or Rust in a tree, by its path there; undefined where there is none. What a build left
 * in `build` is not looked at, nor what it made unreadable.
 */
export const compiledSource = (root: string): Promise<string | undefined> => search(root, '.', 0);

async function search(root: string, folder: string, depth: number): Promise<string | undefined> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
  const file = entries.find((entry) => entry.isFile() && compiled.test(entry.name));
  if (file) return path.join(folder, file.name);
  if (depth === deepest) return undefined;
  for (const entry of entries) {
    if (!entry.isDirectory() || (depth === 0 && entry.name === 'build')) continue;
    const found = await search(root, path.join(folder, entry.name), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
