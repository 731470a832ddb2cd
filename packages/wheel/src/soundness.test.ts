import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { packageName } from './package-name.ts';
import { verifyWheel } from './soundness.ts';
import { factsOf, faultsOf } from './testing/judge.ts';
import { makeElf } from './testing/make-elf.ts';
import { makeWheel, type WheelPlan } from './testing/make-wheel.ts';
import { version } from './version.ts';
import type { WheelExpectation } from './wheel-file.ts';

test('an honest wheel is sound, and its facts are those of its metadata', async () => {
  const metadata = ['Summary: A demo', 'Requires-Python: >=3.9', 'Requires-Dist: six', 'Requires-Dist: attrs>=20'];
  const plan = { metadata, buildTag: '1piw' };
  expect(await factsOf(plan)).toMatchObject({
    filename: 'demo-1.0-1piw-py3-none-any.whl',
    sizeBytes: makeWheel(plan).bytes.length,
    sha256: makeWheel(plan).sha256,
    tags: ['py3-none-any'],
    buildTag: '1piw',
    requiresPython: '>=3.9',
    requiresDist: ['six', 'attrs>=20'],
    summary: 'A demo',
    hasElf: false,
    modules: ['demo'],
    rootIsPurelib: true,
  });
});

test('the metadata in the facts is METADATA byte for byte, with its hash', async () => {
  const text = 'Name: demo\r\nVersion: 1.0\r\n\r\nGrüße\r\n';
  const { metadata, metadataSha256 } = await factsOf({ metadataText: text });
  expect(new TextDecoder().decode(metadata)).toBe(text);
  expect(metadataSha256).toBe(createHash('sha256').update(text).digest('hex'));
});

test('the facts list each ELF file with its machine and what it needs', async () => {
  const facts = await factsOf({
    files: { 'demo/__init__.py': '', 'demo/_fast.abi3.so': makeElf({ needed: ['libffi.so.8'], machine: 183 }) },
  });
  expect(facts.hasElf).toBe(true);
  expect(facts.elf).toMatchObject([{ path: 'demo/_fast.abi3.so', machine: 'aarch64', needed: ['libffi.so.8'] }]);
});

test('an ELF file that cannot be understood is no fault, but the wheel has one', async () => {
  const facts = await factsOf({ files: { 'demo.py': '', 'fuzz.bin': '\x7fELF and nothing more' } });
  expect(facts).toMatchObject({ hasElf: true, elf: [] });
});

test('the size of all that a wheel unpacks to is told', async () => {
  const facts = await factsOf({ files: { 'demo.py': 'x'.repeat(3_000_000) } });
  expect(facts.uncompressedBytes).toBeGreaterThan(3_000_000);
  expect(facts.sizeBytes).toBeLessThan(100_000);
});

test('a file that does not exist is an error of the file system, not a fault', async () => {
  const expected = {
    filename: 'a',
    package: packageName.parse('a'),
    version: version.parse('1'),
    tags: new Set<string>(),
  };
  await expect(verifyWheel('/nonexistent/demo.whl', expected)).rejects.toThrow('ENOENT');
});

const accepts = (...tags: string[]): Partial<WheelExpectation> => ({ tags: new Set(tags) });

test.each<[string, WheelPlan, Partial<WheelExpectation>]>([
  ['a version that is written otherwise', { version: '1.0.0' }, {}],
  ['a name that is written otherwise', { name: 'De.mo' }, { package: packageName.parse('de-mo') }],
  ['py2.py3-none-any for a Python that accepts py3 alone', { tags: ['py2-none-any', 'py3-none-any'] }, {}],
  [
    'a program for any Python of the platform',
    { tags: ['py2-none-linux_armv7l', 'py3-none-linux_armv7l'] },
    accepts('py3-none-linux_armv7l', 'cp311-cp311-linux_armv7l'),
  ],
  ['a build tag that WHEEL does not have', { buildTag: '2', wheelText: 'Wheel-Version: 1.0\nTag: py3-none-any\n' }, {}],
  [
    'a compressed tag in WHEEL',
    { tags: ['py2-none-any', 'py3-none-any'], wheelText: 'Wheel-Version: 1.0\nTag: py2.py3-none-any\n' },
    {},
  ],
  [
    'a platform in its filename alone',
    { tags: ['py3-none-linux_x86_64'], wheelText: 'Wheel-Version: 1.0\nTag: py3-none-any\nTag: py2-none-any\n' },
    accepts('py3-none-linux_x86_64'),
  ],
  ['the size and hash that were announced', {}, { sizeBytes: makeWheel().bytes.length, sha256: makeWheel().sha256 }],
])('a wheel with %s is sound', async (_, plan, changed) => {
  expect(await faultsOf(plan, changed)).toBe('');
});

test.each<[string, WheelPlan, Partial<WheelExpectation>, RegExp]>([
  ['a filename that is none', {}, { filename: '../demo-1.0-py3-none-any.whl' }, /not the filename of a wheel/],
  ['another package in its filename', {}, { filename: 'evil-1.0-py3-none-any.whl' }, /filename is of the package evil/],
  ['another version in its filename', {}, { filename: 'demo-2.0-py3-none-any.whl' }, /filename is of version 2.0/],
  [
    'tags that the target does not accept',
    { tags: ['cp312-cp312-linux_x86_64'] },
    accepts('cp311-cp311-linux_x86_64'),
    /accepts none/,
  ],
  [
    'a tag of another platform beside its own',
    { tags: ['cp311-cp311-linux_armv7l', 'cp311-cp311-linux_x86_64'] },
    accepts('cp311-cp311-linux_armv7l'),
    /cannot produce: cp311-cp311-linux_x86_64/,
  ],
  [
    'a tag of another ABI beside its own',
    { tags: ['cp311-cp311-linux_armv7l', 'cp312-cp311-linux_armv7l'] },
    accepts('cp311-cp311-linux_armv7l'),
    /cannot produce: cp312-cp311-linux_armv7l/,
  ],
  ['other tags in WHEEL', { wheelText: 'Wheel-Version: 1.0\nTag: py2-none-any\n' }, {}, /WHEEL has not: py3-none-any/],
  [
    'another build tag in WHEEL',
    { buildTag: '2', wheelText: 'Wheel-Version: 1.0\nBuild: 3\nTag: py3-none-any\n' },
    {},
    /different build tags/,
  ],
  [
    'tags that WHEEL promises for another platform',
    { tags: ['py3-none-any'], wheelText: 'Wheel-Version: 1.0\nTag: py3-none-linux_x86_64\n' },
    {},
    /WHEEL has not: py3-none-any/,
  ],
  ['a Wheel-Version of the future', { wheelText: 'Wheel-Version: 2.0\nTag: py3-none-any\n' }, {}, /version "2.0"/],
  ['no WHEEL', { wheelText: null }, {}, /has no WHEEL/],
  ['no METADATA', { metadataText: null }, {}, /has no METADATA/],
  ['no RECORD', { record: () => null }, {}, /has no RECORD/],
  ['another name in METADATA', { metadataText: 'Name: evil\nVersion: 1.0\n' }, {}, /METADATA is that of "evil 1.0"/],
  ['another version in METADATA', { metadataText: 'Name: demo\nVersion: 1.1\n' }, {}, /METADATA is that of "demo 1.1"/],
  ['two names in METADATA', { metadataText: 'Name: demo\nName: evil\nVersion: 1.0\n' }, {}, /two values for name/],
  ['a second *.dist-info', { files: { 'evil-1.0.dist-info/METADATA': '' } }, {}, /several \*\.dist-info/],
  ['a *.dist-info of another case', { files: { 'demo-2.0.DIST-INFO/METADATA': '' } }, {}, /several \*\.dist-info/],
  ['another size than was announced', {}, { sizeBytes: 7 }, /7 were expected/],
  ['another hash than was announced', {}, { sha256: '0'.repeat(64) }, /has the SHA-256/],
])('a wheel with %s is refused', async (_, plan, changed, fault) => {
  expect(await faultsOf(plan, changed)).toMatch(fault);
});

test('a wheel whose *.dist-info is of another version is refused', async () => {
  const members: WheelPlan['members'] = (all) =>
    all.map((each) => ({ ...each, name: String(each.name).replace('demo-1.0', 'demo-2.0') }));
  expect(await faultsOf({ members })).toMatch(/"demo-2.0.dist-info" is not that of demo 1.0/);
});

test('a wheel with a thousand faults tells twenty, and that there are more', async () => {
  const files = Object.fromEntries(Array.from({ length: 1000 }, (_, nth) => [`demo/f${nth}.py`, '']));
  const faults = (await faultsOf({ files, record: (rows) => rows.slice(-3) })).split('\n');
  expect(faults).toHaveLength(21);
  expect(faults[0]).toBe('There are more than 20 faults:');
});
