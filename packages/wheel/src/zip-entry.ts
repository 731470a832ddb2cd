import type { Buffer } from 'node:buffer';

/** A file or directory as a zip's central directory tells of it (APPNOTE 4.3.12); offsets and sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly rawName: Buffer;
  /** What the name would be to a reader that honours the Info-ZIP Unicode path field (0x7075), as some do. */
  readonly unicodeName: string;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  readonly headerOffset: number;
  /** The Unix mode where the archive has one, else 0. */
  readonly mode: number;
}

/** Compression methods (APPNOTE 4.4.5) that wheels use. */
export const stored = 0;
export const deflated = 8;

/** General purpose bits (APPNOTE 4.4.4). */
export const flag = {
  encrypted: 0x1,
  descriptor: 0x8,
  patch: 0x20,
  strongEncryption: 0x40,
  utf8: 0x800,
  masked: 0x2000,
};

export const isDirectory = (entry: ZipEntry): boolean => entry.name.endsWith('/');
