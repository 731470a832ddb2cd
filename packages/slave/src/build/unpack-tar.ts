import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Parser, type ReadEntry, Unpack } from 'tar';
import { ArchiveGuard, type UnpackBounds } from './archive-guard.ts';
import { asBadArchive, BadArchive } from './bad-archive.ts';
import { decompress } from './decompress.ts';

const files = new Set(['File', 'OldFile', 'ContiguousFile']);
const folders = new Set(['Directory', 'GNUDumpDir']);

/**
 * Unpacks a tar, however it is compressed; the time of its newest file, in ms since 1970. Throws BadArchive.
 * All entries are judged before the first is written: an unpacker that is stopped halfway goes on writing for a while.
 */
export async function unpackTar(archive: string, to: string, bounds: UnpackBounds, python: string): Promise<number> {
  try {
    const newestMs = await judge(openTar(archive, python), new ArchiveGuard(bounds));
    const unpack = new Unpack({ cwd: to, strict: true, preserveOwner: false, umask: 0o022 });
    await pipeline(openTar(archive, python), unpack as unknown as NodeJS.WritableStream);
    return newestMs;
  } catch (error) {
    throw asBadArchive(error);
  }
}

async function judge(tar: Readable, guard: ArchiveGuard): Promise<number> {
  let newestMs = 0;
  const parser: Parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      try {
        newestMs = Math.max(newestMs, admit(guard, entry));
        entry.resume();
      } catch (error) {
        parser.abort(error as Error);
      }
    },
  });
  await pipeline(tar, parser as unknown as NodeJS.WritableStream);
  return newestMs;
}

/** Lets an entry pass, or throws; when it was last changed, in ms since 1970. */
function admit(guard: ArchiveGuard, { type, path: name, linkpath = '', size, mtime }: ReadEntry): number {
  guard.entry(name, size);
  if (type === 'SymbolicLink') guard.link(name, linkpath, 'folder');
  else if (type === 'Link') guard.link(name, linkpath, 'archive');
  else if (!files.has(type) && !folders.has(type))
    throw new BadArchive(`"${name}" is a ${type}, which a source distribution may not hold.`);
  return files.has(type) ? (mtime?.getTime() ?? 0) : 0;
}

/** gzip and zstd the unpacker knows by itself; what else there is, Python's own modules read. */
function openTar(archive: string, python: string): Readable {
  if (/\.(?:tar\.bz2|tbz)$/i.test(archive)) return decompress(archive, 'bz2', python);
  if (/\.(?:tar\.xz|txz)$/i.test(archive)) return decompress(archive, 'lzma', python);
  return createReadStream(archive);
}
