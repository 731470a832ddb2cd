import { Buffer } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { SequentialReader } from './sequential-reader.ts';
import { UnsoundError } from './unsound-error.ts';
import type { ZipDirectory } from './zip-directory.ts';
import { flag, stored } from './zip-entry.ts';

/** New contents by entry name; null leaves an entry out. */
export type ZipChanges = ReadonlyMap<string, Uint8Array | null>;

const centralBytes = 46;
const localBytes = 30;
/** What a field holds whose value stands in a zip64 record, and so the first size and count that need one. */
const ask64 = { count: 0xffff, bytes: 0xffffffff };

/**
 * Writes a sound archive once more to `path`, which must not exist, with some contents changed. All others are copied as
 * they stand, compressed bytes, times and modes; changed ones keep name, time and mode and are stored, so that the same
 * archive gives the same bytes whatever compresses elsewhere. UnsoundError where the archive needs zip64 (APPNOTE 4.3.14).
 */
export async function rewriteZip(
  file: FileHandle,
  directory: ZipDirectory,
  changes: ZipChanges,
  path: string,
): Promise<void> {
  const records = await centralRecords(file, directory);
  await pipeline(rewritten(file, directory, records, changes), createWriteStream(path, { flags: 'wx' }));
}

/** The records of the central directory as they stand, by the offsets of what they tell of. */
async function centralRecords(file: FileHandle, { entries, startsAt }: ZipDirectory): Promise<Map<number, Buffer>> {
  const { size } = await file.stat();
  if (size >= ask64.bytes || entries.length >= ask64.count) throw tooLarge();
  const directory = await new SequentialReader(file, startsAt).take(size - startsAt);
  const records = new Map<number, Buffer>();
  for (let nth = 0, at = 0; nth < entries.length; nth++) {
    const variable = [28, 30, 32].reduce((sum, field) => sum + directory.readUInt16LE(at + field), 0);
    const record = directory.subarray(at, at + centralBytes + variable);
    records.set(record.readUInt32LE(42), record);
    at += record.length;
  }
  return records;
}

async function* rewritten(
  file: FileHandle,
  { entries, startsAt }: ZipDirectory,
  records: ReadonlyMap<number, Buffer>,
  changes: ZipChanges,
): AsyncGenerator<Uint8Array> {
  const reader = new SequentialReader(file);
  const directory: Buffer[] = [];
  let at = 0;
  for (const [nth, { name, headerOffset }] of entries.entries()) {
    const length = (entries[nth + 1]?.headerOffset ?? startsAt) - headerOffset;
    const record = records.get(headerOffset);
    const content = changes.get(name);
    if (record === undefined) throw tooLarge();
    if (content === undefined) {
      yield* reader.pieces(length);
      directory.push(moved(record, at));
      at += length;
      continue;
    }
    await reader.skip(length);
    if (content === null) continue;
    const member = storedMember(record, content, at);
    yield* [member.local, content];
    directory.push(member.central);
    at += member.local.length + content.length;
  }
  yield* directory;
  yield endRecord(directory, at);
}

/** A record whose entry lies elsewhere now. */
function moved(record: Buffer, offset: number): Buffer {
  const copy = Buffer.from(record);
  copy.writeUInt32LE(offset, 42);
  return copy;
}

/** Both headers of an entry with new content; what they don't say of it is as its old record has it (APPNOTE 4.3.7, 4.3.12). */
function storedMember(old: Buffer, content: Uint8Array, offset: number): { local: Buffer; central: Buffer } {
  const name = old.subarray(centralBytes, centralBytes + old.readUInt16LE(28));
  const central = Buffer.concat([old.subarray(0, centralBytes), name]);
  central.writeUInt16LE(10, 6); // version needed
  central.writeUInt16LE(old.readUInt16LE(8) & flag.utf8, 8);
  central.writeUInt16LE(stored, 10);
  central.writeUInt32LE(crc32(content), 16);
  central.writeUInt32LE(content.length, 20);
  central.writeUInt32LE(content.length, 24);
  central.fill(0, 30, 36); // no extra fields, no comment, disk 0
  central.writeUInt32LE(offset, 42);
  const local = Buffer.alloc(localBytes);
  local.writeUInt32LE(0x04034b50);
  central.copy(local, 4, 6, 30); // version needed to the length of the name
  return { local: Buffer.concat([local, name]), central };
}

function endRecord(directory: readonly Buffer[], startsAt: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  const sizeBytes = directory.reduce((sum, { length }) => sum + length, 0);
  end.writeUInt32LE(sizeBytes, 12);
  end.writeUInt32LE(startsAt, 16);
  return end;
}

const tooLarge = (): UnsoundError => new UnsoundError('The archive is too large to be written once more.');
