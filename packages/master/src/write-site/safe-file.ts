import { closeSync, fsync, open, openSync, rename, rm, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

// By numbers of open files: handles, and a hand-over to another thread for what never waits for the disk, cost a third more.
const opened = promisify(open);
const synced = promisify(fsync);
const renamed = promisify(rename);

/**
 * Replaces a file by one whose content is safe on the disk, or makes it: written beside and renamed. What a crash leaves beside is written over
 * the next time; nobody may write one file twice at once.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.new`);
  try {
    await closedAfter(await opened(beside, 'w'), (file) => {
      writeText(file, text);
      return synced(file);
    });
    await renamed(beside, path);
  } catch (error) {
    await promisify(rm)(beside, { force: true });
    throw error;
  }
}

/** Makes the names in a folder safe on the disk. To open what is there waits for no disk. */
export const syncFolder = async (path: string): Promise<void> => closedAfter(openSync(path, 'r'), synced);

/** Without a copy of what is written: each would be memory to be freed. A disk that is nearly full takes less than it is given. */
function writeText(file: number, text: string): void {
  const written = writeSync(file, text);
  if (written < Buffer.byteLength(text)) writeFileSync(file, Buffer.from(text).subarray(written));
}

async function closedAfter(file: number, work: (file: number) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    closeSync(file);
  }
}
