import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { UnsoundError } from './unsound-error.ts';

/** What the central directory was found to be: offsets in bytes, and a count. */
export interface FoundDirectory {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly entries: number;
}

const endBytes = 22;
const zip64EndBytes = 56;
const zip64LocatorBytes = 20;
const maxCommentBytes = 0xffff;
const ask64 = { count: 0xffff, offset: 0xffffffff };

/**
 * Trips where the records behind the central directory disagree with the directory, or hide bytes: some readers find it
 * by its offset, some by its size, and both must find the same (APPNOTE 4.3.14 to 4.3.16). A comment is allowed.
 */
export async function checkZipEnd(file: FileHandle, sizeBytes: number, found: FoundDirectory): Promise<void> {
  const tailBytes = sizeBytes - found.endsAt;
  if (tailBytes > zip64EndBytes + zip64LocatorBytes + endBytes + maxCommentBytes) throw lie();
  const tail = Buffer.alloc(Math.max(tailBytes, 0));
  await file.read(tail, 0, tail.length, found.endsAt);
  const is64 = tail.length >= 4 && tail.readUInt32LE(0) === 0x06064b50;
  const end = tail.subarray(is64 ? zip64EndBytes + zip64LocatorBytes : 0);
  const sound = end.length >= endBytes && endAgrees(end, found, is64) && (!is64 || end64Agrees(tail, found));
  if (!sound) throw lie();
}

const lie = (): UnsoundError =>
  new UnsoundError('The archive has bytes behind its directory, or end records that disagree with it.');

function endAgrees(end: Buffer, { startsAt, endsAt, entries }: FoundDirectory, is64: boolean): boolean {
  const count = (at: number) => matches(end.readUInt16LE(at), entries, is64 && ask64.count);
  const offset = (at: number, value: number) => matches(end.readUInt32LE(at), value, is64 && ask64.offset);
  return (
    end.readUInt32LE(0) === 0x06054b50 &&
    end.readUInt32LE(4) === 0 && // this disk, and the directory's
    count(8) &&
    count(10) &&
    offset(12, endsAt - startsAt) &&
    offset(16, startsAt) &&
    end.readUInt16LE(20) === end.length - endBytes
  );
}

/** A field holds the value, or where there is a zip64 record the mark that says to look there. */
const matches = (field: number, value: number, mark: number | false): boolean => field === value || field === mark;

function end64Agrees(tail: Buffer, { startsAt, endsAt, entries }: FoundDirectory): boolean {
  const number = (at: number) => Number(tail.readBigUInt64LE(at));
  const locator = zip64EndBytes;
  return (
    number(4) === zip64EndBytes - 12 &&
    number(16) === 0 &&
    number(24) === entries &&
    number(32) === entries &&
    number(40) === endsAt - startsAt &&
    number(48) === startsAt &&
    tail.readUInt32LE(locator) === 0x07064b50 &&
    tail.readUInt32LE(locator + 4) === 0 &&
    number(locator + 8) === endsAt &&
    tail.readUInt32LE(locator + 16) <= 1
  );
}
