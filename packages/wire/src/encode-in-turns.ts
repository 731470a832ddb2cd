import { setImmediate as nextTurn } from 'node:timers/promises';
import { encode } from './codec.ts';

/** After so long others have their turn, in milliseconds. */
const turnMs = 2;

/** Lists that are shorter are encoded at once, with all that is in them. */
const longList = 20;

/** The same as `encode`, but that whatever else waits in this process has its turn in between: an answer may hold thousands of things. */
export async function encodeInTurns(value: unknown): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sinceMs = performance.now();
  for (const part of partsOf(value)) {
    parts.push(part);
    if (performance.now() - sinceMs < turnMs) continue;
    await nextTurn();
    sinceMs = performance.now();
  }
  return Buffer.concat(parts);
}

/** The CBOR of a value in pieces: a head (RFC 8949) before what a map or a long list holds, all else in one. */
function* partsOf(value: unknown): Generator<Uint8Array> {
  if (Array.isArray(value)) yield* partsOfList(value);
  else if (isMap(value)) yield* partsOfMap(value);
  else yield encode(value);
}

function* partsOfList(list: readonly unknown[]): Generator<Uint8Array> {
  yield headOf(majorList, list.length);
  for (const item of list) yield* list.length < longList ? partsOf(item) : [encode(item)];
}

function* partsOfMap(map: Readonly<Record<string, unknown>>): Generator<Uint8Array> {
  const entries = Object.entries(map);
  yield headOf(majorMap, entries.length);
  for (const [key, part] of entries) {
    yield encode(key);
    yield* partsOf(part);
  }
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const [majorList, majorMap] = [0x80, 0xa0];

/** What kind of thing it is, and how much it holds: in the first byte where it is little, else in the two or four that follow. */
function headOf(major: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of(major | length);
  const head = Buffer.alloc(length < 0x1_00_00 ? 3 : 5, major | (length < 0x1_00_00 ? 25 : 26));
  if (length < 0x1_00_00) head.writeUInt16BE(length, 1);
  else head.writeUInt32BE(length, 1);
  return head;
}
