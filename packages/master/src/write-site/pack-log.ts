import { closeSync, constants, createReadStream, open, rename, write } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip, gzipSync } from 'node:zlib';
import type { FolderSyncs } from './folder-syncs.ts';
import { packedSize } from './read-log.ts';

/** Up to this size a log that lies on the disk is packed in memory, in bytes. */
const smallBytes = 256 * 1024;

/** Up to this size a log is packed at once: that takes 17 µs for 4 KiB, asking a thread for it twice as long. */
const tinyBytes = 16 * 1024;

/** No more memory than a tiny log can make use of. */
const forTiny = { windowBits: 14, memLevel: 7, chunkSize: 4096 };

const [openFile, writeTo, renameTo] = [promisify(open), promisify(write), promisify(rename)];

/**
 * Packs a log and moves it, safe on the disk, to where it is served; the text then goes. A log without text is empty,
 * unless it was packed before. Tells the length of the text.
 */
export async function packLog(
  text: string,
  aside: string,
  served: string,
  syncs: FolderSyncs,
): Promise<{ readonly logBytes: number }> {
  const logBytes = await sizeOf(text);
  if (logBytes === undefined) {
    const before = await packedSize(served);
    if (before !== undefined) return { logBytes: before };
  }
  if (logBytes === undefined || logBytes <= smallBytes) {
    await packText(logBytes ? await readFile(text) : Buffer.alloc(0), aside, served, syncs);
  } else {
    await writeFile(
      aside,
      pipeline(createReadStream(text), createGzip(), () => undefined),
      { flush: true },
    );
    await move(aside, served, syncs);
  }
  await rm(text, { force: true });
  return { logBytes: logBytes ?? 0 };
}

/** The same of a log that is in memory. */
export async function packText(
  text: Buffer,
  aside: string,
  served: string,
  syncs: FolderSyncs,
): Promise<{ readonly logBytes: number }> {
  await writeSynced(aside, text.length <= tinyBytes ? gzipSync(text, forTiny) : await promisify(gzip)(text));
  await move(aside, served, syncs);
  return { logBytes: text.length };
}

/** Each step is a thread's: a file whose writes are synced needs none for syncing it. */
async function writeSynced(path: string, bytes: Buffer): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_SYNC } = constants;
  const file = await openFile(path, O_WRONLY | O_CREAT | O_TRUNC | O_SYNC);
  try {
    for (let at = 0; at < bytes.length; ) at += (await writeTo(file, bytes, at)).bytesWritten;
  } finally {
    closeSync(file);
  }
}

/** The name is safe on the disk, too. */
async function move(from: string, to: string, syncs: FolderSyncs): Promise<void> {
  const folder = dirname(to);
  try {
    await renameTo(from, to);
    await syncs.sync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const first = await mkdir(folder, { recursive: true });
    await renameTo(from, to);
    await syncs.syncNew(folder, first ?? folder);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
