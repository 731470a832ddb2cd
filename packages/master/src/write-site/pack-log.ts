import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import { packedSize } from './read-log.ts';

/** Up to this size a log is packed in memory, in bytes. */
const smallBytes = 256 * 1024;

/**
 * Packs a log and moves it, safe on the disk, to where it is served; the text then goes. A log without text is empty,
 * unless it was packed before. Tells the length of the text.
 */
export async function packLog(text: string, aside: string, served: string): Promise<{ readonly logBytes: number }> {
  const logBytes = await sizeOf(text);
  if (logBytes === undefined) {
    const before = await packedSize(served);
    if (before !== undefined) return { logBytes: before };
  }
  await writeFile(aside, await packed(text, logBytes ?? 0), { flush: true });
  await move(aside, served);
  await rm(text, { force: true });
  return { logBytes: logBytes ?? 0 };
}

async function packed(text: string, sizeBytes: number): Promise<Buffer | NodeJS.ReadableStream> {
  if (sizeBytes === 0) return promisify(gzip)('');
  if (sizeBytes <= smallBytes) return promisify(gzip)(await readFile(text));
  return pipeline(createReadStream(text), createGzip(), () => undefined);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
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
