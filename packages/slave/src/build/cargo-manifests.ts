import { readdir } from 'node:fs/promises';
import path from 'node:path';

const deepest = 4;
const most = 10;
const foreign = new Set(['target', 'node_modules', '.git', 'tests', 'fuzz', 'benches', 'examples']);

/** The topmost Cargo manifests of a tree; what lies below one is a member of its workspace, or none of the build's business. */
export async function findManifests(root: string): Promise<string[]> {
  return (await search(root, 0)).slice(0, most);
}

async function search(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === 'Cargo.toml')) return [path.join(folder, 'Cargo.toml')];
  if (depth === deepest) return [];
  const folders = entries.filter((entry) => entry.isDirectory() && !foreign.has(entry.name));
  const found = await Promise.all(folders.map(({ name }) => search(path.join(folder, name), depth + 1)));
  return found.flat();
}
