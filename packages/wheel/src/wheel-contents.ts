import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Elf } from './elf.ts';
import type { Piece } from './elf-bytes.ts';
import { ElfCollector, readElf } from './elf-collector.ts';
import { type RecordRow, soundHashes } from './record.ts';
import type { FoundFile } from './record-faults.ts';
import { SequentialReader } from './sequential-reader.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import { readZipEntry } from './zip-data.ts';
import type { ZipDirectory } from './zip-directory.ts';
import { isDirectory, type ZipEntry } from './zip-entry.ts';

/** An ELF file in a wheel, by its path there. */
export interface ElfFile extends Elf {
  readonly path: string;
}

/** What one pass over a wheel's bytes found. */
export interface WheelContents {
  readonly sha256: string;
  readonly files: ReadonlyMap<string, FoundFile>;
  readonly hasElf: boolean;
  /** Those of its ELF files that could be understood. */
  readonly elf: readonly ElfFile[];
}

/** The content of one entry; UnsoundError where it has more than `maxBytes`, or is not what its headers say. */
export async function readEntryBytes(
  file: FileHandle,
  directory: ZipDirectory,
  entry: ZipEntry,
  maxBytes: number,
): Promise<Uint8Array> {
  if (entry.uncompressedBytes > maxBytes)
    throw new UnsoundError(`${quoted(entry.name)} has more than ${maxBytes} bytes.`);
  return readRange(file, directory, entry, 0, entry.uncompressedBytes);
}

/**
 * Reads a whole archive once, front to back: its own hash, each file's size and hash by the algorithm that RECORD names,
 * and its ELF files. UnsoundError where headers and data disagree, or bytes lie between, before or behind the entries.
 */
export async function readWheelContents(
  file: FileHandle,
  sizeBytes: number,
  directory: ZipDirectory,
  record: ReadonlyMap<string, RecordRow>,
): Promise<WheelContents> {
  const whole = createHash('sha256');
  const reader = new SequentialReader(file, 0, (bytes) => whole.update(bytes));
  const files = new Map<string, FoundFile>();
  const elf: ElfFile[] = [];
  let hasElf = false;
  for (const [nth, entry] of directory.entries.entries()) {
    if (entry.headerOffset !== reader.position) throw strayBytes(`before ${quoted(entry.name)}`);
    const { found, elfPieces } = await inspectEntry(reader, entry, endOf(directory, nth), record.get(entry.name));
    if (!isDirectory(entry)) files.set(entry.name, found);
    if (elfPieces === undefined) continue;
    hasElf = true;
    const lookAgain = (offset: number, length: number) => readRange(file, directory, entry, offset, length);
    const understood = await readElf(entry.uncompressedBytes, elfPieces, lookAgain);
    if (understood !== undefined) elf.push({ path: entry.name, ...understood });
  }
  if (reader.position !== directory.startsAt) throw strayBytes('before the directory');
  await reader.skip(sizeBytes - reader.position);
  return { sha256: whole.digest('hex'), files, hasElf, elf };
}

const strayBytes = (where: string): UnsoundError => new UnsoundError(`Bytes that belong to no entry stand ${where}.`);

interface InspectedEntry {
  readonly found: FoundFile;
  /** What was kept of it, where it is an ELF file. */
  readonly elfPieces: readonly Piece[] | undefined;
}

async function inspectEntry(
  reader: SequentialReader,
  entry: ZipEntry,
  endsAt: number,
  row: RecordRow | undefined,
): Promise<InspectedEntry> {
  const algorithm = soundHashes.get(row?.algorithm ?? '');
  const hash = algorithm === undefined ? undefined : createHash(algorithm);
  const collector = new ElfCollector(entry.uncompressedBytes);
  await readZipEntry(reader, entry, endsAt, (bytes) => {
    hash?.update(bytes);
    collector.write(bytes);
  });
  const digest = hash?.digest('base64url') ?? null;
  return { found: { sizeBytes: entry.uncompressedBytes, digest }, elfPieces: collector.end() };
}

/** Where the entry's bytes must end: at the next header, or at the directory. */
const endOf = ({ entries, startsAt }: ZipDirectory, nth: number): number => entries[nth + 1]?.headerOffset ?? startsAt;

/** A range of an entry's uncompressed content, which is read from its start. */
async function readRange(
  file: FileHandle,
  directory: ZipDirectory,
  entry: ZipEntry,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const range = Buffer.alloc(length);
  const reader = new SequentialReader(file, entry.headerOffset);
  let at = 0;
  await readZipEntry(reader, entry, endOf(directory, directory.entries.indexOf(entry)), (bytes) => {
    const piece = bytes.subarray(Math.max(0, offset - at), Math.max(0, offset + length - at));
    if (piece.length > 0) range.set(piece, Math.max(0, at - offset));
    at += bytes.length;
  });
  return range;
}
