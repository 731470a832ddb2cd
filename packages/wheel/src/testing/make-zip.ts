import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

/** The fields that a zip says of a member in both its headers. */
export interface HeaderFields {
  readonly name: string | Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  readonly extra: Uint8Array;
}

/** A member of an archive; what `local` and `central` say instead of the truth makes that header lie. */
export interface ZipMember {
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly method?: 0 | 8;
  /** The compressed data itself, in place of what compressing the content gives. */
  readonly data?: Uint8Array;
  /** A data descriptor behind the data, as of archives written to a pipe, and no sizes in the local header. */
  readonly descriptor?: 'signed' | 'bare' | 'signed64' | 'bare64';
  readonly mode?: number;
  readonly local?: Partial<HeaderFields>;
  readonly central?: Partial<HeaderFields>;
  /** Bytes between the member before and this one. */
  readonly gap?: Uint8Array;
}

/** What an archive has around its members. */
export interface ZipFrame {
  readonly before?: Uint8Array;
  readonly beforeDirectory?: Uint8Array;
  readonly beforeEnd?: Uint8Array;
  readonly after?: Uint8Array;
  readonly comment?: string;
  readonly zip64?: boolean;
  /** What the end record says instead of the truth. */
  readonly end?: Partial<DirectoryPlace>;
}

interface DirectoryPlace {
  readonly entries: number;
  readonly sizeBytes: number;
  readonly startsAt: number;
}

const nothing = Buffer.alloc(0);

/** The bytes of a zip (APPNOTE), which tells the truth unless told to lie. */
export function makeZip(members: readonly ZipMember[], frame: ZipFrame = {}): Buffer {
  const parts: Uint8Array[] = [frame.before ?? nothing];
  const directory: Uint8Array[] = [];
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const member of members) {
    const { truth, data } = packed(member);
    parts.push(member.gap ?? nothing);
    directory.push(centralHeader({ ...truth, ...member.central }, member.mode ?? 0o100644, length()));
    parts.push(localHeader({ ...(member.descriptor ? withoutSizes(truth) : truth), ...member.local }));
    parts.push(data, member.descriptor ? descriptor(truth, member.descriptor) : nothing);
  }
  parts.push(frame.beforeDirectory ?? nothing);
  const found = { entries: members.length, sizeBytes: Buffer.concat(directory).length, startsAt: length() };
  parts.push(...directory, frame.beforeEnd ?? nothing);
  if (frame.zip64) parts.push(end64(found, length()));
  return Buffer.concat([...parts, end({ ...found, ...frame.end }, frame.comment ?? ''), frame.after ?? nothing]);
}

function packed(member: ZipMember): { truth: HeaderFields; data: Uint8Array } {
  const content = Buffer.from(member.content);
  const method = member.method ?? 8;
  const data = member.data ?? (method === 8 ? deflateRawSync(content) : content);
  const truth: HeaderFields = {
    name: member.name,
    flags: 0x800 | (member.descriptor ? 8 : 0),
    method,
    crc32: crc32(content),
    compressedBytes: data.length,
    uncompressedBytes: content.length,
    extra: nothing,
  };
  return { truth, data };
}

const withoutSizes = (fields: HeaderFields): HeaderFields => ({
  ...fields,
  crc32: 0,
  compressedBytes: 0,
  uncompressedBytes: 0,
});

function localHeader(fields: HeaderFields): Buffer {
  const name = Buffer.from(fields.name);
  return Buffer.concat([u32(0x04034b50), u16(20), shared(fields, name), u16(fields.extra.length), name, fields.extra]);
}

function centralHeader(fields: HeaderFields, mode: number, offset: number): Buffer {
  const name = Buffer.from(fields.name);
  const attributes = [u16(0, 0, 0), u32((mode << 16) >>> 0, offset)]; // no comment, disk 0, not a text
  const head = [u32(0x02014b50), u16(0x031e, 20), shared(fields, name), u16(fields.extra.length)];
  return Buffer.concat([...head, ...attributes, name, fields.extra]);
}

const shared = (
  { flags, method, crc32: check, compressedBytes, uncompressedBytes }: HeaderFields,
  name: Buffer,
): Buffer =>
  Buffer.concat([u16(flags, method, 0, 0x21), u32(check, compressedBytes, uncompressedBytes), u16(name.length)]);

function descriptor(truth: HeaderFields, kind: NonNullable<ZipMember['descriptor']>): Buffer {
  const size = kind.endsWith('64') ? u64 : u32;
  const signature = kind.startsWith('signed') ? u32(0x08074b50) : nothing;
  return Buffer.concat([signature, u32(truth.crc32), size(truth.compressedBytes, truth.uncompressedBytes)]);
}

function end({ entries, sizeBytes, startsAt }: DirectoryPlace, comment: string): Buffer {
  const counts = u16(0, 0, entries, entries);
  return Buffer.concat([u32(0x06054b50), counts, u32(sizeBytes, startsAt), u16(comment.length), Buffer.from(comment)]);
}

function end64({ entries, sizeBytes, startsAt }: DirectoryPlace, offset: number): Buffer {
  const record = [u32(0x06064b50), u64(44), u16(45, 45), u32(0, 0), u64(entries, entries, sizeBytes, startsAt)];
  return Buffer.concat([...record, u32(0x07064b50, 0), u64(offset), u32(1)]);
}

const u16 = (...values: number[]): Buffer => Buffer.from(new Uint16Array(values).buffer);
const u32 = (...values: number[]): Buffer => Buffer.from(new Uint32Array(values).buffer);
const u64 = (...values: number[]): Buffer => Buffer.from(new BigUint64Array(values.map(BigInt)).buffer);
