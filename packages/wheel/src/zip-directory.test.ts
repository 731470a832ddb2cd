import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { faultsOf } from './testing/judge.ts';
import type { ZipFrame } from './testing/make-zip.ts';

const hidden = Buffer.from('hidden');

test.each<[string, ZipFrame]>([
  ['a comment', { comment: 'made by hand' }],
  ['zip64 end records', { zip64: true }],
  [
    'zip64 end records, with the short one saying to look there',
    { zip64: true, end: { entries: 0xffff, startsAt: 0xffffffff } },
  ],
])('an archive with %s is sound', async (_, frame) => {
  expect(await faultsOf({ frame })).toBe('');
});

test.each<[string, ZipFrame, RegExp]>([
  ['bytes before its first entry', { before: hidden }, /before "demo.py"/],
  ['bytes before its directory', { beforeDirectory: hidden }, /followed by bytes that belong to no entry/],
  ['bytes between directory and end record', { beforeEnd: hidden }, /bytes behind its directory/],
  ['bytes after its end', { after: hidden }, /Invalid comment length/],
  [
    'a second end record in its comment',
    { comment: `PK\x05\x06${'\0'.repeat(18)}` },
    /bytes behind its directory|cannot be read/,
  ],
  ['an end record that counts fewer entries', { end: { entries: 2 } }, /bytes behind its directory/],
  ['an end record that counts more entries', { end: { entries: 9 } }, /cannot be read/],
  ['an end record with another size of the directory', { end: { sizeBytes: 50 } }, /bytes behind its directory/],
  ['an end record with another place of the directory', { end: { startsAt: 1 } }, /cannot be read/],
  [
    'a short end record that contradicts the zip64 one',
    { zip64: true, end: { entries: 3 } },
    /end records that disagree/,
  ],
])('an archive with %s is refused', async (_, frame, fault) => {
  expect(await faultsOf({ frame })).toMatch(fault);
});

test('an archive of more entries than are allowed is refused before they are read', async () => {
  expect(await faultsOf({}, { limits: { entries: 3 } })).toMatch(/claims 4 entries, and 3 are allowed/);
});

test('a file that does not end as an archive does is refused', async () => {
  expect(await faultsOf({ frame: { after: Buffer.alloc(70_000) } })).toMatch(/signature not found/);
});
