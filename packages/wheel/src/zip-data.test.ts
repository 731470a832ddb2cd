import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { factsOf, faultsOf } from './testing/judge.ts';
import type { HeaderFields, ZipMember } from './testing/make-zip.ts';

/** A wheel whose module's entry is changed. */
const withModule = (change: Partial<ZipMember>, content: string | Uint8Array = 'answer = 42\n') => ({
  files: { 'demo.py': content },
  members: (all: readonly ZipMember[]) => all.map((each) => (each.name === 'demo.py' ? { ...each, ...change } : each)),
});

const small = 'answer = 42\n';
const large = Buffer.concat([randomBytes(1_500_000), Buffer.alloc(1_500_000, 'abc')]);

test.each<[string, Partial<ZipMember>]>([
  ['stored', { method: 0 }],
  ['with a data descriptor', { descriptor: 'signed' }],
  ['with a data descriptor that has no signature', { descriptor: 'bare' }],
  ['with a zip64 data descriptor', { descriptor: 'signed64' }],
  ['with a zip64 data descriptor that has no signature', { descriptor: 'bare64' }],
  ['stored, with a data descriptor', { method: 0, descriptor: 'signed' }],
])('an entry %s is sound, be it small or large', async (_, change) => {
  expect(await faultsOf(withModule(change, small))).toBe('');
  expect(await faultsOf(withModule(change, large))).toBe('');
});

test('sizes that the local header says in a zip64 field are sound', async () => {
  const data = deflateRawSync(small);
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeUInt32LE(small.length, 4);
  extra.writeUInt32LE(data.length, 12);
  const local = { compressedBytes: 0xffffffff, uncompressedBytes: 0xffffffff, extra };
  expect(await faultsOf(withModule({ local }))).toBe('');
  extra.writeUInt32LE(small.length + 1, 4);
  expect(await faultsOf(withModule({ local }))).toMatch(/headers disagree: size/);
});

test.each<[string, Partial<HeaderFields>, RegExp]>([
  ['name', { name: 'evil.py' }, /headers disagree: name/],
  ['method', { method: 0 }, /headers disagree: method/],
  ['CRC', { crc32: 7 }, /headers disagree: CRC/],
  ['compressed size', { compressedBytes: 7 }, /headers disagree: compressed size/],
  ['size', { uncompressedBytes: 7 }, /headers disagree: size/],
  ['flags', { flags: 0x808 }, /headers disagree: flags/],
])('an entry whose local header says another %s is refused', async (_, local, fault) => {
  expect(await faultsOf(withModule({ local }))).toMatch(fault);
});

test('a local header that is not where the directory says is refused', async () => {
  expect(await faultsOf(withModule({ gap: Buffer.from('hidden') }))).not.toBe('');
});

const both = (fields: Partial<HeaderFields>): Partial<ZipMember> => ({ local: fields, central: fields });

test.each<[string, Partial<ZipMember>, RegExp]>([
  ['another CRC than both headers say', both({ crc32: 7 }), /does not have the CRC/],
  ['more bytes than both headers say', both({ uncompressedBytes: 5 }), /longer than its headers say/],
  ['fewer bytes than both headers say', both({ uncompressedBytes: 3_000_001 }), /shorter than its headers say/],
  ['data that is not deflated', { data: Buffer.alloc(40, 0xff) }, /not valid deflate data/],
  ['data that is cut short', { data: deflateRawSync(small).subarray(0, 5) }, /not valid deflate data/],
])('an entry with %s is refused', async (_, change, fault) => {
  expect(await faultsOf(withModule(change))).toMatch(fault);
});

test.each([
  ['small', small],
  ['large', large],
])('a %s entry with bytes behind its deflate data is refused', async (_, content) => {
  const data = Buffer.concat([deflateRawSync(content), Buffer.alloc(3_000_000)]);
  expect(await faultsOf(withModule({ data }, content))).toMatch(/hides bytes behind its compressed data/);
});

test('a large entry that unpacks to more than its headers say is stopped there', async () => {
  const bomb = deflateRawSync(Buffer.alloc(20_000_000));
  expect(await faultsOf(withModule({ data: bomb, ...both({ uncompressedBytes: 2_000_000 }) }))).toMatch(/longer than/);
});

test.each<[string, Partial<ZipMember>]>([
  ['is not there', { ...both({ flags: 0x808 }) }],
  ['lies', { descriptor: 'signed', central: { crc32: 7 }, local: { crc32: 7 } }],
])('a data descriptor that %s is refused', async (_, change) => {
  expect(await faultsOf(withModule(change))).not.toBe('');
});

test('entries that share their data are refused', async () => {
  const members = (all: readonly ZipMember[]) => [
    { ...all[0]!, central: { compressedBytes: 400 }, local: { compressedBytes: 400 } },
    ...all.slice(1),
  ];
  expect(await faultsOf({ members })).toMatch(/overlaps what follows it/);
});

test('an archive that unpacks to far more than its size is refused before it is unpacked', async () => {
  const files = { 'demo.py': Buffer.alloc(1_000_000) };
  expect(await faultsOf({ files }, { limits: { ratioFromBytes: 100_000 } })).toMatch(/more than 100 times its size/);
  expect(await faultsOf({ files }, { limits: { uncompressedBytes: 999_999 } })).toMatch(/and 999999 are allowed/);
  expect((await factsOf({ files })).uncompressedBytes).toBeGreaterThan(1_000_000);
});
