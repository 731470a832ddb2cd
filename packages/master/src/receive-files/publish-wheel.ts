import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NewFile } from '@piw/db/publish-files';
import writeFileAtomic from 'write-file-atomic';
import { LostByDisk, type Sound } from '../drive-slaves/received.ts';
import type { Paths } from '../paths.ts';
import { wheelPath } from '../published-path.ts';

/**
 * Moves a sound wheel to where it is served and puts its metadata beside it (PEP 658): both, and the folders that hold
 * them, are safe on the disk once this resolves. What an earlier try had moved already stays. Tells what is to be listed. Rejects with
 * LostByDisk where the disk fails to keep what was written: the file goes, since no second try would tell that some of it is lost.
 */
export async function publishWheel({ output }: Paths, { file, facts, path }: Sound): Promise<NewFile> {
  const served = join(output, wheelPath(facts.sha256, facts.filename));
  const folder = dirname(served);
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(`${served}.metadata`, Buffer.from(facts.metadata));
  if (path !== served) await moveSafely(path, served);
  for (const above of [folder, join(folder, '..'), join(folder, '../..')]) await sync(above);
  return {
    filename: facts.filename,
    sha256: facts.sha256,
    sizeBytes: facts.sizeBytes,
    tags: facts.tags,
    buildTag: facts.buildTag,
    requiresPython: facts.requiresPython,
    metadataSha256: facts.metadataSha256,
    hasElf: facts.hasElf,
    dependencies: file.dependencies,
  };
}

async function moveSafely(from: string, to: string): Promise<void> {
  try {
    await syncContent(from);
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await stat(to);
  }
}

/** The same of a file that came: what the disk couldn't keep of it is nobody's. */
async function syncContent(path: string): Promise<void> {
  try {
    await sync(path);
  } catch (error) {
    if (error instanceof LostByDisk) await rm(path, { force: true });
    throw error;
  }
}

/** Waits until a file, or the names in a folder, are on the disk, which tells only once that they can't be. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (cause) {
    throw new LostByDisk(path, cause);
  } finally {
    await handle.close();
  }
}
