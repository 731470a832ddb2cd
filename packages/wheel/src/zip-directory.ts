import type { FileHandle } from 'node:fs/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { quoted, UnsoundError } from './unsound-error.ts';
import { WindowReader } from './window-reader.ts';
import { checkZipEnd } from './zip-end.ts';
import type { ZipEntry } from './zip-entry.ts';

/** A zip's central directory: its entries by their place in the file, and where in the file it starts. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly startsAt: number;
}

/**
 * The central directory of an open zip of `sizeBytes` with `maxEntries` at most; UnsoundError where it is broken, and
 * where a reader that trusts another field of its end records would see another archive (APPNOTE 4.3.12 to 4.3.16).
 */
export async function readZipDirectory(file: FileHandle, sizeBytes: number, maxEntries: number): Promise<ZipDirectory> {
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new WindowReader(file), sizeBytes, {
      autoClose: false,
      decodeStrings: false,
    });
    if (zip.entryCount > maxEntries)
      throw new UnsoundError(`The archive claims ${zip.entryCount} entries, and ${maxEntries} are allowed.`);
    const startsAt = cursor(zip);
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(zipEntry(entry));
    await checkZipEnd(file, sizeBytes, { startsAt, endsAt: cursor(zip), entries: entries.length });
    return { entries: entries.sort((a, b) => a.headerOffset - b.headerOffset), startsAt };
  } catch (error) {
    throw ofArchive(error);
  }
}

/** The next record's offset; the typings call it a boolean. */
const cursor = (zip: ZipFile): number => Number(zip.readEntryCursor);

function zipEntry(entry: Entry): ZipEntry {
  const { generalPurposeBitFlag: flags, fileNameRaw: rawName } = entry;
  return {
    name: yauzl.getFileNameLowLevel(flags, rawName, [], true),
    rawName,
    unicodeName: yauzl.getFileNameLowLevel(flags, rawName, entry.extraFields, true),
    flags,
    method: entry.compressionMethod,
    crc32: entry.crc32,
    compressedBytes: entry.compressedSize,
    uncompressedBytes: entry.uncompressedSize,
    headerOffset: entry.relativeOffsetOfLocalHeader,
    mode: entry.externalFileAttributes >>> 16,
  };
}

/** yauzl's complaints are about the archive; the file system's name a system call and are not. */
function ofArchive(error: unknown): unknown {
  if (error instanceof UnsoundError || !(error instanceof Error) || 'syscall' in error) return error;
  return new UnsoundError(`The archive's directory cannot be read: ${quoted(error.message)}.`);
}
