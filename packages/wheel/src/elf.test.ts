import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likelyRanges, parseElf } from './elf.ts';
import { ElfError, MissingBytes, PartialFile } from './elf-bytes.ts';
import { type ElfPlan, makeElf } from './testing/make-elf.ts';

const whole = (bytes: Uint8Array) => new PartialFile(bytes.length, [{ offset: 0, bytes }]);
const parse = (plan: ElfPlan) => parseElf(whole(makeElf(plan)));

const plan: ElfPlan = {
  needed: ['libffi.so.8', 'libc.so.6'],
  soname: 'libdemo.so.1',
  runpath: '$ORIGIN/../demo.libs:/opt/lib',
};

test.each<[string, ElfPlan]>([
  ['64-bit little-endian', { bits: 64, byteOrder: 'little' }],
  ['64-bit big-endian', { bits: 64, byteOrder: 'big' }],
  ['32-bit little-endian', { bits: 32, byteOrder: 'little' }],
  ['32-bit big-endian', { bits: 32, byteOrder: 'big' }],
])('a %s library tells its name, its needs and where it looks', (_, kind) => {
  expect(parse({ ...plan, ...kind, machine: 40, flags: 0x5000400 })).toEqual({
    ...kind,
    machine: 'arm',
    flags: 0x5000400,
    soname: 'libdemo.so.1',
    needed: ['libffi.so.8', 'libc.so.6'],
    runpath: ['$ORIGIN/../demo.libs', '/opt/lib'],
  });
});

test('a library that needs nothing says so', () => {
  expect(parse({})).toMatchObject({ needed: [], runpath: [], soname: null });
});

test('RUNPATH is heard rather than RPATH, and RPATH where it is alone', () => {
  expect(parse({ rpath: '/old', runpath: '/new' }).runpath).toEqual(['/new']);
  expect(parse({ rpath: '/old' }).runpath).toEqual(['/old']);
});

test('a machine that has no name here is told by its number', () => {
  expect(parse({ machine: 4711 }).machine).toBe('machine-4711');
});

test('an object file without segments needs nothing', () => {
  const bytes = makeElf(plan);
  bytes.writeUInt16LE(0, 56);
  expect(parseElf(whole(bytes)).needed).toEqual([]);
});

test('the beginning of a file tells which further part counts', () => {
  const bytes = makeElf({ ...plan, padding: [100_000, 0] });
  const beginning = { offset: 0, bytes: bytes.subarray(0, 4096) };
  expect(() => parseElf(new PartialFile(bytes.length, [beginning]))).toThrow(MissingBytes);
  const rest = likelyRanges(new PartialFile(bytes.length, [beginning])).map(({ offset, length }) => ({
    offset,
    bytes: bytes.subarray(offset, offset + length),
  }));
  expect(parseElf(new PartialFile(bytes.length, [beginning, ...rest])).soname).toBe('libdemo.so.1');
});

test.each<[string, (bytes: Buffer) => void]>([
  ['has more segments than any', (bytes) => bytes.writeUInt16LE(0xffff, 56)],
  ['has segments of an odd size', (bytes) => bytes.writeUInt16LE(7, 54)],
  ['has segments beyond its end', (bytes) => bytes.writeBigUInt64LE(2n ** 60n, 32)],
  ['has a dynamic section beyond its end', (bytes) => bytes.writeBigUInt64LE(2n ** 60n, 64 + 56 + 8)],
  ['has a huge dynamic section', (bytes) => bytes.writeBigUInt64LE(2n ** 60n, 64 + 56 + 32)],
  ['has an unknown class', (bytes) => bytes.writeUInt8(3, 4)],
  ['has no names in any segment', (bytes) => bytes.writeBigUInt64LE(2n ** 40n, 64 + 16)],
  ['is no ELF file', (bytes) => bytes.writeUInt8(0, 0)],
])('a file that %s is refused', (_, lie) => {
  const bytes = makeElf(plan);
  lie(bytes);
  expect(() => parseElf(whole(bytes))).toThrow(ElfError);
});

test('a name that does not end is refused', () => {
  const bytes = makeElf(plan);
  expect(() => parseElf(whole(bytes.fill(0x61, bytes.indexOf('libffi'))))).toThrow('a name that does not end');
});

test('no bytes, however changed, do more than be understood or refused', () => {
  const sound = makeElf(plan);
  const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 12 });
  fc.assert(
    fc.property(changes, fc.nat(sound.length), (edits, kept) => {
      const bytes = Buffer.from(sound);
      for (const [at, value] of edits) bytes[at] = value;
      expect(answers(new PartialFile(bytes.length, [{ offset: 0, bytes: bytes.subarray(0, kept) }]))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('no random bytes behind the magic number do more than be understood or refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 2),
      fc.constantFrom(1, 2),
      fc.uint8Array({ maxLength: 300 }),
      (bits, order, tail) => {
        expect(answers(whole(Buffer.from([0x7f, 0x45, 0x4c, 0x46, bits, order, ...tail])))).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

/** Whether parsing ends as it should: with an answer, or one of its own two errors. */
function answers(file: PartialFile): boolean {
  likelyRanges(file);
  try {
    return parseElf(file).needed.length >= 0;
  } catch (error) {
    return error instanceof ElfError || error instanceof MissingBytes;
  }
}
