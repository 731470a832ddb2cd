import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseRecord, soundHashes } from './record.ts';
import { factsOf, faultsOf } from './testing/judge.ts';
import { recordRow, type WheelPlan } from './testing/make-wheel.ts';

const moduleText = 'answer = 42\n';
/** A wheel whose RECORD says this of its module. */
const withRow = (row: string): WheelPlan => ({ record: (rows) => [row, ...rows.slice(1)] });
const hashOf = (content: string, algorithm = 'sha256') => createHash(algorithm).update(content).digest('base64url');

test.each([...soundHashes])('a RECORD that hashes with %s is believed', async (algorithm, openssl) => {
  expect(await faultsOf(withRow(recordRow('demo.py', moduleText, algorithm, openssl)))).toBe('');
  expect(await faultsOf(withRow(recordRow('demo.py', 'evil', algorithm, openssl)))).toMatch(
    /the size that RECORD says/,
  );
});

test.each([
  ['rows that stand there twice', (rows: readonly string[]) => [...rows, ...rows]],
  ['padded hashes', (rows: readonly string[]) => rows.map((row) => row.replace(/,(\d+)$/, '=,$1'))],
  ['no sizes', (rows: readonly string[]) => rows.map((row) => row.replace(/\d+$/, ''))],
  ['a row for a directory', (rows: readonly string[]) => [...rows, 'demo-1.0.dist-info/,,']],
  ['no row for itself', (rows: readonly string[]) => rows.slice(0, -1)],
  ['rows for signatures that are not there', (rows: readonly string[]) => [...rows, 'demo-1.0.dist-info/RECORD.jws,,']],
  ['quoted fields and CRLF', (rows: readonly string[]) => rows.map((row) => `"${row.replaceAll(',', '","')}"\r`)],
])('a RECORD with %s is sound', async (_, record) => {
  expect(await faultsOf({ record })).toBe('');
});

test('signatures of RECORD need no row', async () => {
  const plan: WheelPlan = { members: (all) => [...all, { name: 'demo-1.0.dist-info/RECORD.p7s', content: 'signed' }] };
  expect((await factsOf(plan)).modules).toEqual(['demo']);
});

test.each<[string, WheelPlan, RegExp]>([
  ['leaves a file out', { record: (rows) => rows.slice(1) }, /"demo.py" is not in RECORD/],
  [
    'lists a file that is not there',
    { record: (rows) => [...rows, 'evil.py,sha256=AAAA,1'] },
    /lists "evil.py", which is not/,
  ],
  ['has no hash of a file', withRow('demo.py,,12'), /has no hash in RECORD/],
  ['trusts MD5', withRow(`demo.py,md5=${hashOf(moduleText, 'md5')},12`), /proves nothing, md5/],
  ['trusts SHA-1', withRow(`demo.py,sha1=${hashOf(moduleText, 'sha1')},12`), /proves nothing, sha1/],
  ['has another hash', withRow(`demo.py,sha256=${hashOf('answer = 43\n')},12`), /the hash that RECORD says/],
  ['has another size', withRow(`demo.py,sha256=${hashOf(moduleText)},13`), /the size that RECORD says/],
  ['says two things of a path', { record: (rows) => [...rows, 'demo.py,sha256=AAAA,1'] }, /two things of "demo.py"/],
  ['has a line of four fields', withRow('demo.py,sha256=AAAA,1,2'), /not path, hash and size/],
  ['has a quote that is not closed', withRow('"demo.py,sha256=AAAA,1'), /not path, hash and size/],
])('a wheel whose RECORD %s is refused', async (_, plan, fault) => {
  expect(await faultsOf(plan)).toMatch(fault);
});

test('a RECORD that is not UTF-8 is refused', () => {
  expect(() => parseRecord(new Uint8Array([0x61, 0xff]))).toThrow('not UTF-8');
});

test('a RECORD of a hundred thousand quoted rows is read in no time worth telling', () => {
  const rows = Array.from({ length: 100_000 }, (_, nth) => `"a, ${nth}",sha256=AAAA,${nth}`);
  expect(parseRecord(Buffer.from(rows.join('\n'))).get('a, 99999')?.sizeBytes).toBe(99999);
});
