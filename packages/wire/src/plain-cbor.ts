import { isUtf8 } from 'node:buffer';

/** Bytes that are no CBOR, or CBOR that no message of ours contains. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

/** Lists and maps within each other; our deepest message has nine. */
const deepest = 32;

/**
 * Throws a CborError unless the bytes are one whole item of plain CBOR (RFC 8949): definite lengths that the bytes
 * really have, text as keys, no tags, `maxItems` items at most. The decoder believes what it reads: a list is allocated
 * by the length it claims, and tags make code, regular expressions and cycles. So nothing reaches it unchecked. Text is
 * valid UTF-8 without NUL, as PostgreSQL holds text: no other could be kept.
 */
export function checkPlain(bytes: Uint8Array, maxItems = 100_000): void {
  const scan: Scan = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, left: maxItems };
  skipItem(scan, deepest);
  if (scan.at !== bytes.byteLength) throw new CborError('bytes after the end');
}

interface Scan {
  readonly view: DataView;
  at: number;
  left: number;
}

const major = { positive: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6, simple: 7 };

function skipItem(scan: Scan, depth: number): void {
  if (depth < 0) throw new CborError('too deep');
  if (--scan.left < 0) throw new CborError('too many items');
  const head = readByte(scan);
  const [kind, info] = [head >> 5, head & 31];
  if (kind === major.tag) throw new CborError('a tag');
  if (kind === major.simple) skipSimple(scan, info);
  else skipContents(scan, kind, readArgument(scan, info), depth);
}

function skipContents(scan: Scan, kind: number, length: number, depth: number): void {
  if (kind === major.bytes) skipBytes(scan, length);
  else if (kind === major.text) skipText(scan, length);
  else if (kind === major.list) skipList(scan, length, depth);
  else if (kind === major.map) skipMap(scan, length, depth);
}

function skipText(scan: Scan, length: number): void {
  const { buffer, byteOffset } = scan.view;
  const start = byteOffset + scan.at;
  skipBytes(scan, length);
  const text = new Uint8Array(buffer, start, length);
  if (text.includes(0)) throw new CborError('text with a NUL');
  if (!isUtf8(text)) throw new CborError('text that is not UTF-8');
}

function skipList(scan: Scan, length: number, depth: number): void {
  if (length > scan.view.byteLength - scan.at) throw new CborError('a list longer than its bytes');
  for (let i = 0; i < length; i++) skipItem(scan, depth - 1);
}

function skipMap(scan: Scan, length: number, depth: number): void {
  if (length > scan.view.byteLength - scan.at) throw new CborError('a map longer than its bytes');
  for (let i = 0; i < length; i++) {
    if (scan.at < scan.view.byteLength && scan.view.getUint8(scan.at) >> 5 !== major.text)
      throw new CborError('a key that is not text');
    skipItem(scan, depth - 1);
    skipItem(scan, depth - 1);
  }
}

/** false, true, null and undefined (20 to 23), or a float of 2, 4 or 8 bytes (25 to 27). */
function skipSimple(scan: Scan, info: number): void {
  if (info >= 20 && info <= 23) return;
  if (info < 25 || info > 27) throw new CborError('an unknown simple value');
  skipBytes(scan, 1 << (info - 24));
}

function readArgument(scan: Scan, info: number): number {
  if (info < 24) return info;
  if (info > 27) throw new CborError('an indefinite length');
  const at = scan.at;
  skipBytes(scan, 1 << (info - 24));
  if (info === 24) return scan.view.getUint8(at);
  if (info === 25) return scan.view.getUint16(at);
  return info === 26 ? scan.view.getUint32(at) : Number(scan.view.getBigUint64(at));
}

function readByte(scan: Scan): number {
  skipBytes(scan, 1);
  return scan.view.getUint8(scan.at - 1);
}

function skipBytes(scan: Scan, length: number): void {
  if (length > scan.view.byteLength - scan.at) throw new CborError('truncated');
  scan.at += length;
}
