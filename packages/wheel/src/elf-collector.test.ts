import { expect, test } from 'vitest';
import { ElfCollector, readElf } from './elf-collector.ts';
import { type ElfPlan, makeElf } from './testing/make-elf.ts';

const needed = ['libffi.so.8'];

/** Streams a file by in pieces, then reads it; tells what was found and how often it had to be looked at again. */
async function streamed(bytes: Uint8Array, pieceBytes: number) {
  const collector = new ElfCollector(bytes.length);
  for (let at = 0; at < bytes.length; at += pieceBytes) collector.write(bytes.subarray(at, at + pieceBytes));
  const pieces = collector.end();
  let looks = 0;
  const lookAgain = (offset: number, length: number) => {
    looks++;
    return Promise.resolve(bytes.subarray(offset, offset + length));
  };
  const elf = pieces && (await readElf(bytes.length, pieces, lookAgain));
  return { isElf: pieces !== undefined, needed: elf?.needed, looks };
}

test('a small library is read as it streams by, in pieces of any size', async () => {
  for (const pieceBytes of [1, 3, 100, 100_000])
    expect(await streamed(makeElf({ needed }), pieceBytes)).toEqual({ isElf: true, needed, looks: 0 });
});

const mebibyte = 1 << 20;

test.each<[string, ElfPlan['padding'], number]>([
  [
    'whose dynamic section is far from its beginning is read with one more look, for the names',
    [6 * mebibyte, 6 * mebibyte],
    1,
  ],
  ['whose names are near its dynamic section too', [6 * mebibyte, 0], 1],
  ['that is as large as what is kept needs none', [4 * mebibyte - 1000, 0], 0],
])('a large library %s', async (_, padding = [0, 0], looks) => {
  expect(await streamed(makeElf({ needed, padding }), 256 * 1024)).toEqual({ isElf: true, needed, looks });
});

test('a file that is none is not kept', async () => {
  for (const bytes of [
    Buffer.from('#!/bin/sh\n'),
    Buffer.from('\x7fEL'),
    Buffer.alloc(0),
    Buffer.from('\x7fELX, long enough'),
  ])
    expect(await streamed(bytes, 2)).toEqual({ isElf: false, needed: undefined, looks: 0 });
});

test('a library that sends its reader round in circles is given up', async () => {
  const bytes = makeElf({ needed, padding: [6 * mebibyte, 6 * mebibyte] });
  const pieces = [{ offset: 0, bytes: bytes.subarray(0, 4096) }];
  const nothing = () => Promise.resolve(new Uint8Array());
  expect(await readElf(bytes.length, pieces, nothing)).toBeUndefined();
});
