import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ArchiveGuard, type UnpackBounds } from './archive-guard.ts';
import { asBadArchive } from './bad-archive.ts';

/**
 * Unpacks a zip; the time of its newest file, in ms since 1970. Throws BadArchive.
 * A link becomes a file that holds where it points to, as with pip.
 */
export async function unpackZip(archive: string, to: string, bounds: UnpackBounds): Promise<number> {
  const guard = new ArchiveGuard(bounds);
  let newestMs = 0;
  try {
    const zip = await openPromise(archive, { lazyEntries: true });
    try {
      for await (const entry of zip.eachEntry()) {
        guard.entry(entry.fileName, entry.uncompressedSize);
        await unpackEntry(zip, entry, path.join(to, entry.fileName));
        newestMs = Math.max(newestMs, entry.getLastModDate({ timezone: 'UTC' }).getTime());
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw asBadArchive(error);
  }
  return newestMs;
}

/** Unpacks one entry to a path where nothing lies yet; yauzl itself holds it to the size that it claims. */
export async function unpackEntry(zip: ZipFile, entry: Entry, to: string): Promise<void> {
  if (entry.fileName.endsWith('/')) {
    await mkdir(to, { recursive: true });
    return;
  }
  await mkdir(path.dirname(to), { recursive: true });
  const executable = ((entry.externalFileAttributes >>> 16) & 0o100) !== 0;
  const content = await zip.openReadStreamPromise(entry);
  await pipeline(content, createWriteStream(to, { flags: 'wx', mode: executable ? 0o755 : 0o644 }));
}
