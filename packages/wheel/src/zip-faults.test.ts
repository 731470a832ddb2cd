import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { faultsOf } from './testing/judge.ts';
import { recordRow } from './testing/make-wheel.ts';
import type { ZipMember } from './testing/make-zip.ts';

/** A wheel with further members, each with its row in RECORD. */
const withMembers = (...added: ZipMember[]) => ({
  record: (rows: readonly string[]) => [...rows, ...added.map(({ name, content }) => recordRow(String(name), content))],
  members: (all: readonly ZipMember[]) => [...all, ...added],
});

const file = (name: string | Uint8Array, further: Partial<ZipMember> = {}): ZipMember => ({
  name,
  content: 'x',
  ...further,
});

test.each<[string, ZipMember[]]>([
  ['directories of their own', [file('demo/', { content: '', mode: 0o040755, method: 0 }), file('demo/a.py')]],
  ['two names that differ in case alone', [file('data/README'), file('data/readme')]],
  ['names that are not ASCII', [file('data/größe.txt')]],
  ['no modes at all', [file('data/a', { mode: 0 })]],
  ['names with spaces, commas and quotes', [file('data/a, b.txt'), file("data/it's.txt")]],
])('an archive with %s is sound', async (_, members) => {
  const plan = withMembers(...members);
  expect(
    await faultsOf({ ...plan, record: (rows) => plan.record(rows).filter((row) => !row.startsWith('demo/,')) }),
  ).toBe('');
});

test.each<[string, ZipMember[], RegExp]>([
  ['leads out of it', [file('../evil.py')], /leads out of the archive/],
  ['leads out of it half-way', [file('demo/../../evil.py')], /leads out of the archive/],
  ['is absolute', [file('/etc/passwd')], /absolute name/],
  ['has a drive', [file('C:evil.py')], /absolute name/],
  ['has a backslash', [file('..\\evil.py')], /backslash/],
  ['has a NUL, where some readers stop', [file('demo.py\0.txt')], /control character/],
  ['has an empty part', [file('demo//a.py')], /empty or "\." part/],
  ['has a "." part', [file('./demo.py')], /empty or "\." part/],
  ['is not UTF-8', [file(Buffer.from([0x61, 0xff]))], /not UTF-8/],
  ['is there twice', [file('demo.py')], /"demo.py" is in the archive twice/],
  ['is there twice, composed and decomposed', [file('\u00e9.py'), file('e\u0301.py')], /in the archive twice/],
  ['differs from METADATA in case alone', [file('demo-1.0.dist-info/metadata')], /in the archive twice/],
  ['is a file and a directory', [file('data'), file('data/a')], /"data" is both a file and a directory/],
])('an archive with a name that %s is refused', async (_, members, fault) => {
  expect(await faultsOf(withMembers(...members))).toMatch(fault);
});

test.each<[string, ZipMember, RegExp]>([
  ['a symbolic link', file('link', { mode: 0o120777 }), /neither file nor directory/],
  ['a device', file('null', { mode: 0o020666 }), /neither file nor directory/],
  ['a directory that has content', file('demo/'), /directory with content/],
  ['an encrypted entry', file('a', { local: { flags: 1 }, central: { flags: 1 } }), /encrypted/],
  ['an unusual compression', file('a', { local: { method: 12 }, central: { method: 12 } }), /compressed by method 12/],
])('an archive with %s is refused', async (_, member, fault) => {
  expect(await faultsOf(withMembers({ ...member, mode: member.mode ?? 0 }))).toMatch(fault);
});

test('an archive with a second name in a Unicode path field is refused', async () => {
  const [name, other] = [Buffer.from('a.py'), Buffer.from('evil.py')];
  const extra = Buffer.alloc(9 + other.length);
  extra.writeUInt16LE(0x7075, 0);
  extra.writeUInt16LE(5 + other.length, 2);
  extra.writeUInt8(1, 4);
  extra.writeUInt32LE(crc32(name), 5);
  other.copy(extra, 9);
  expect(await faultsOf(withMembers(file(name, { central: { extra } })))).toMatch(/second name, "evil.py"/);
  expect(await faultsOf(withMembers(file(name, { local: { extra } })))).toMatch(/headers disagree: name/);
});
