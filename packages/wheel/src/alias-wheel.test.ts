import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aliasWheel, mayBeAlias } from './alias-wheel.ts';
import { packageName } from './package-name.ts';
import { verifyWheel } from './soundness.ts';
import { armElf, armv6, armv7, neon } from './testing/arm-elf.ts';
import { makeWheel } from './testing/make-wheel.ts';
import { version } from './version.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'piw-alias-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** The alias of a wheel with these files and tags. */
async function aliasOf(files: Record<string, string | Uint8Array>, tags = ['cp311-cp311-linux_armv7l']) {
  const made = makeWheel({ tags, files });
  const wheel = path.join(dir, made.filename);
  await writeFile(wheel, made.bytes);
  const folder = path.join(dir, 'alias');
  await mkdir(folder, { recursive: true });
  return aliasWheel(wheel, { tags, folder });
}
const demo = { package: packageName.parse('demo'), version: version.parse('1.0') };

test('a wheel of ARMv7 whose code runs on ARMv6 is written once more for it, and is sound there', async () => {
  const alias = await aliasOf({ 'demo.so': armElf(armv6), 'demo.py': 'import demo\n' });
  const filename = 'demo-1.0-cp311-cp311-linux_armv6l.whl';
  expect(alias).toBe(path.join(dir, 'alias', filename));
  const tags = new Set(['cp311-cp311-linux_armv6l']);
  expect(await verifyWheel(alias!, { ...demo, filename, tags })).toMatchObject({
    sound: true,
    facts: { hasElf: true, tags: [...tags] },
  });
});

test('one file that needs more than ARMv6 is enough to have no alias', async () => {
  expect(await aliasOf({ 'a.so': armElf(armv6), 'b.so': armElf(armv7) })).toBeUndefined();
  expect(await aliasOf({ 'a.so': armElf(armv6), 'b.so': armElf(neon) })).toBeUndefined();
  expect(await aliasOf({ 'a.so': armElf(armv6), 'b.so': armElf(null) })).toBeUndefined();
});

test('a wheel for any platform, or for others too, has no alias', async () => {
  expect(await aliasOf({ 'demo.py': '' }, ['py3-none-any'])).toBeUndefined();
  const both = ['cp311-cp311-linux_armv7l', 'cp311-cp311-manylinux_2_36_armv7l'];
  expect(await aliasOf({ 'demo.so': armElf(armv6) }, both)).toBeUndefined();
});

test('of all platforms only ARMv7 may have an alias, and only ARMv6', () => {
  expect(mayBeAlias('linux_armv7l', 'linux_armv6l')).toBe(true);
  expect(mayBeAlias('linux_x86_64', 'linux_armv6l')).toBe(false);
  expect(mayBeAlias('linux_armv7l', 'linux_x86_64')).toBe(false);
});
