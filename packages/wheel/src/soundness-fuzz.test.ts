import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageName } from './package-name.ts';
import { verifyWheel } from './soundness.ts';
import { makeElf } from './testing/make-elf.ts';
import { makeWheel } from './testing/make-wheel.ts';
import { version } from './version.ts';

const made = makeWheel({ files: { 'demo.py': 'answer = 42\n', '_fast.so': makeElf() }, frame: { zip64: true } });
const expected = {
  filename: made.filename,
  package: packageName.parse('demo'),
  version: version.parse('1.0'),
  tags: new Set(['py3-none-any']),
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piw-fuzz-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Each test has a file of its own: one that is out of time still writes to it. */
async function verdictOn(bytes: Uint8Array, name: string) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return verifyWheel(path, expected);
}

test('no bytes of a wheel, however changed, make the verifier do other than judge', async () => {
  const at = fc.oneof(
    fc.nat(made.bytes.length - 1),
    fc.integer({ min: made.bytes.length - 400, max: made.bytes.length - 1 }),
  );
  const value = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 255));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(at, value), { minLength: 1, maxLength: 8 }), async (edits) => {
      const bytes = Buffer.from(made.bytes);
      for (const [offset, byte] of edits) bytes[offset] = byte;
      const verdict = await verdictOn(bytes, 'changed');
      expect(verdict.sound || verdict.faults.length > 0).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a wheel that is cut short anywhere is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(made.bytes.length - 1), async (length) => {
      expect((await verdictOn(made.bytes.subarray(0, length), 'cut')).sound).toBe(false);
    }),
    { numRuns: 60 },
  );
});
