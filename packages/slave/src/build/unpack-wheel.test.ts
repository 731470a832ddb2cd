import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeWheel } from '@piw/wheel/testing/make-wheel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackWheel } from './unpack-wheel.ts';

let dir: string;
let place: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'piw-unpack-'));
  place = path.join(dir, 'site-packages');
  await mkdir(place);
});
afterEach(() => rm(dir, { recursive: true }));

async function unpack(files: Record<string, string>, bounds = { totalBytes: 1 << 20, entries: 100 }) {
  const { filename, bytes } = makeWheel({ files });
  await writeFile(path.join(dir, filename), bytes);
  return unpackWheel(path.join(dir, filename), place, bounds);
}

test('what a wheel holds lies where it is imported from, its metadata and what its .data folder has for there included', async () => {
  const files = {
    'demo/__init__.py': 'one',
    'demo-1.0.data/purelib/pure.py': 'two',
    'demo-1.0.data/platlib/plat.py': '3',
  };
  expect(await unpack(files)).toBe(true);
  const texts = ['demo/__init__.py', 'pure.py', 'plat.py'].map((name) => readFile(path.join(place, name), 'utf8'));
  expect(await Promise.all(texts)).toEqual(['one', 'two', '3']);
  expect((await stat(path.join(place, 'demo-1.0.dist-info/METADATA'))).isFile()).toBe(true);
});

test.each(['scripts/run', 'data/share/demo', 'headers/demo.h'])(
  'a wheel with .data/%s is for an installer',
  async (name) => {
    expect(await unpack({ 'demo.py': '', [`demo-1.0.data/${name}`]: 'x' })).toBe(false);
  },
);

test.each([
  ['two files for one place', { 'demo.py': '', 'demo-1.0.data/purelib/demo.py': '' }],
  ['a file where another has its folder', { demo: '', 'demo-1.0.data/purelib/demo/a.py': '' }],
  ['more bytes than it was found to have', { 'demo.py': 'x'.repeat(2 << 20) }],
])('a wheel with %s is for an installer to judge', async (_, files) => {
  expect(await unpack(files)).toBe(false);
});

test('what the system refuses is no fault of the wheel', async () => {
  await rm(place, { recursive: true });
  await writeFile(`${place}-file`, '');
  place = `${place}-file/\0`;
  await expect(unpack({ 'demo.py': '' })).rejects.toThrow('null bytes');
});
