import type { Buffer } from 'node:buffer';
import yauzl from 'yauzl';
import type { SequentialReader } from './sequential-reader.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import { flag, type ZipEntry } from './zip-entry.ts';

const headerBytes = 30;
const zip64Field = 0x0001;
const unicodePathField = 0x7075;
const ask64 = 0xffffffff;

/** Reads past the local header at the reader's position; UnsoundError where it contradicts the entry (APPNOTE 4.3.7). */
export async function checkLocalHeader(reader: SequentialReader, entry: ZipEntry): Promise<void> {
  const header = await reader.take(headerBytes);
  const name = await reader.take(header.readUInt16LE(26));
  const extra = await reader.take(header.readUInt16LE(28));
  const said = [
    ...(header.readUInt32LE(0) === 0x04034b50 ? [] : ['signature']),
    ...(header.readUInt16LE(6) === entry.flags ? [] : ['flags']),
    ...(header.readUInt16LE(8) === entry.method ? [] : ['method']),
    ...(name.equals(entry.rawName) && !renames(extra, entry) ? [] : ['name']),
    ...sizeLies(header, extra, entry),
  ];
  if (said.length > 0)
    throw new UnsoundError(`Of ${quoted(entry.name)} local and central headers disagree: ${said.join(', ')}.`);
}

/** CRC and sizes; they may be 0 where a data descriptor behind the data says them, as of all archives written to a pipe. */
function sizeLies(header: Buffer, extra: Buffer, entry: ZipEntry): string[] {
  const sizes = localSizes(header, extra);
  const mayBeZero = (entry.flags & flag.descriptor) !== 0;
  const agrees = (local: number, central: number) => local === central || (mayBeZero && local === 0);
  return [
    ...(agrees(header.readUInt32LE(14), entry.crc32) ? [] : ['CRC']),
    ...(agrees(sizes.compressed, entry.compressedBytes) ? [] : ['compressed size']),
    ...(agrees(sizes.uncompressed, entry.uncompressedBytes) ? [] : ['size']),
  ];
}

/** A local zip64 field has both sizes or none (APPNOTE 4.5.3). */
function localSizes(header: Buffer, extra: Buffer): { compressed: number; uncompressed: number } {
  const [compressed, uncompressed] = [header.readUInt32LE(18), header.readUInt32LE(22)];
  const wide = fields(extra).find(({ id }) => id === zip64Field)?.data;
  if (wide === undefined || wide.length < 16) return { compressed, uncompressed };
  return {
    compressed: compressed === ask64 ? Number(wide.readBigUInt64LE(8)) : compressed,
    uncompressed: uncompressed === ask64 ? Number(wide.readBigUInt64LE(0)) : uncompressed,
  };
}

/** Whether the local header alone has another name for a reader that honours Unicode path fields. */
const renames = (extra: Buffer, entry: ZipEntry): boolean =>
  fields(extra).some(({ id }) => id === unicodePathField) &&
  yauzl.getFileNameLowLevel(entry.flags, entry.rawName, fields(extra), true) !== entry.name;

function fields(extra: Buffer): yauzl.ExtraField[] {
  try {
    return yauzl.parseExtraFields(extra);
  } catch {
    throw new UnsoundError('A local header has an extra field that is longer than all its extra fields together.');
  }
}
