import { randomUUID } from 'node:crypto';
import { chmod, readdir, rename, rm } from 'node:fs/promises';

/** Removes a folder with all that a build left in it: folders that it made unreadable, and paths longer than the system takes. */
export async function removeTree(folder: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  try {
    await rm(folder, options);
  } catch (error) {
    if (!/^E(?:ACCES|PERM|NAMETOOLONG)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await openAndFlatten(Buffer.from(folder));
    await rm(folder, options);
  }
}

/** In bytes; with the longest name (255) it stays far below PATH_MAX, which is 4096 on Linux. */
const longestPath = 2048;

/** Makes every folder of a tree readable, and moves to its top what lies too deep to be named. Names are bytes: they may be no UTF-8. */
async function openAndFlatten(tree: Buffer): Promise<void> {
  const waiting = [tree];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
      if (!entry.isDirectory()) continue;
      const place = below(folder, entry.name);
      waiting.push(place.length > longestPath ? await lift(place, tree) : place);
    }
  }
}

/** A folder that changes its parent must be writable itself. */
async function lift(folder: Buffer, tree: Buffer): Promise<Buffer> {
  const place = below(tree, Buffer.from(randomUUID()));
  await chmod(folder, 0o700);
  await rename(folder, place);
  return place;
}

const below = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, Buffer.from('/'), name]);
