import { chmod, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Removes a folder with all that a build left in it, folders that it made unreadable included. */
export async function removeTree(folder: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  try {
    await rm(folder, options);
  } catch (error) {
    if (!/^E(?:ACCES|PERM)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await open(folder);
    await rm(folder, options);
  }
}

async function open(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await open(path.join(folder, entry.name));
}
