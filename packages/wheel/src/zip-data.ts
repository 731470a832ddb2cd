import type { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, type InflateRaw, inflateRawSync } from 'node:zlib';
import type { SequentialReader } from './sequential-reader.ts';
import { quoted, UnsoundError } from './unsound-error.ts';
import { flag, stored, type ZipEntry } from './zip-entry.ts';
import { checkLocalHeader } from './zip-local-header.ts';

/** Below this size an entry is inflated at once: a stream costs more than its work, and a mebibyte takes about 3 ms. */
const smallBytes = 1 << 20;

type Sink = (bytes: Uint8Array) => void;

/**
 * Reads the entry at the reader's position, which must end at `endsAt`, and gives its uncompressed bytes to `sink` in
 * pieces; UnsoundError where headers, sizes, CRC or descriptor disagree, or bytes hide behind the data.
 */
export async function readZipEntry(
  reader: SequentialReader,
  entry: ZipEntry,
  endsAt: number,
  sink: Sink,
): Promise<void> {
  await checkLocalHeader(reader, entry);
  const fault = (what: string) => new UnsoundError(`${quoted(entry.name)} ${what}.`);
  if (reader.position + entry.compressedBytes > endsAt) throw fault('overlaps what follows it');
  let [seen, check] = [0, 0];
  await uncompress(reader, entry, (bytes) => {
    seen += bytes.length;
    if (seen > entry.uncompressedBytes) throw fault('is longer than its headers say');
    check = crc32(bytes, check);
    sink(bytes);
  });
  if (seen !== entry.uncompressedBytes) throw fault('is shorter than its headers say');
  if (check !== entry.crc32) throw fault('does not have the CRC that its headers say');
  await checkDescriptor(reader, entry, endsAt);
}

async function uncompress(reader: SequentialReader, entry: ZipEntry, sink: Sink): Promise<void> {
  if (entry.method === stored) for await (const piece of reader.pieces(entry.compressedBytes)) sink(piece);
  else if (Math.max(entry.compressedBytes, entry.uncompressedBytes) <= smallBytes)
    await inflateAtOnce(reader, entry, sink);
  else await inflateInPieces(reader, entry, sink);
}

async function inflateAtOnce(reader: SequentialReader, entry: ZipEntry, sink: Sink): Promise<void> {
  const data = await reader.take(entry.compressedBytes);
  const room = Math.max(64, entry.uncompressedBytes + 1);
  try {
    const answer: unknown = inflateRawSync(data, { info: true, chunkSize: room, maxOutputLength: room });
    const { buffer, engine } = answer as { buffer: Buffer; engine: InflateRaw }; // what `info` does; untold by the typings
    if (engine.bytesWritten !== data.length) throw hidden(entry);
    sink(buffer);
  } catch (error) {
    throw ofDeflate(error, entry);
  }
}

async function inflateInPieces(reader: SequentialReader, entry: ZipEntry, sink: Sink): Promise<void> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  const source = Readable.from(reader.pieces(entry.compressedBytes), { highWaterMark: 1 });
  source.once('error', (error) => inflate.destroy(error));
  try {
    // No pipeline(): where bytes follow the deflate data it waits for ever, or fails after it was done.
    for await (const piece of source.pipe(inflate) as AsyncIterable<Buffer>) sink(piece);
  } catch (error) {
    throw ofDeflate(error, entry);
  } finally {
    source.destroy();
  }
  if (inflate.bytesWritten !== entry.compressedBytes) throw hidden(entry);
}

const hidden = (entry: ZipEntry): UnsoundError =>
  new UnsoundError(`${quoted(entry.name)} hides bytes behind its compressed data.`);

function ofDeflate(error: unknown, entry: ZipEntry): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return new UnsoundError(`${quoted(entry.name)} is longer than its headers say.`);
  return code.startsWith('Z_') ? new UnsoundError(`${quoted(entry.name)} is not valid deflate data.`) : error;
}

/** Between data and the next header stands nothing, or the promised descriptor with or without signature and zip64 (APPNOTE 4.3.9). */
async function checkDescriptor(reader: SequentialReader, entry: ZipEntry, endsAt: number): Promise<void> {
  const length = endsAt - reader.position;
  const promised = (entry.flags & flag.descriptor) !== 0;
  const sound = promised
    ? [12, 16, 20, 24].includes(length) && descriptorAgrees(await reader.take(length), entry)
    : length === 0;
  if (!sound) throw new UnsoundError(`${quoted(entry.name)} is followed by bytes that belong to no entry.`);
}

function descriptorAgrees(descriptor: Buffer, entry: ZipEntry): boolean {
  const signed = descriptor.length % 8 === 0;
  const fields = descriptor.subarray(signed ? 4 : 0);
  const wide = fields.length === 20;
  const size = (nth: number) => (wide ? Number(fields.readBigUInt64LE(4 + 8 * nth)) : fields.readUInt32LE(4 + 4 * nth));
  return (
    (!signed || descriptor.readUInt32LE(0) === 0x08074b50) &&
    fields.readUInt32LE(0) === entry.crc32 &&
    size(0) === entry.compressedBytes &&
    size(1) === entry.uncompressedBytes
  );
}
