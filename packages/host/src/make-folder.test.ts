import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-make-folder-test-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a folder is made with all that is missing above it, as private as was asked', async () => {
  await makeFolder(join(dir, 'a/b/c'), 0o700);
  expect((await stat(join(dir, 'a/b/c'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(dir, 'a'))).mode & 0o777).toBe(0o700);
});

test('a folder that is there already is left as it is', async () => {
  await makeFolder(join(dir, 'a'), 0o750);
  await makeFolder(join(dir, 'a'), 0o700);
  expect((await stat(join(dir, 'a'))).mode & 0o777).toBe(0o750);
});

test("folders that are made side by side do not stand in each other's way", async () => {
  await Promise.all(['b', 'c', 'd'].map((name) => makeFolder(join(dir, 'a', name))));
  expect((await stat(join(dir, 'a/d'))).isDirectory()).toBe(true);
});

test('a file in the way is told, whether at the end of the path or within it', async () => {
  await writeFile(join(dir, 'file'), '');
  await expect(makeFolder(join(dir, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(dir, 'file/a/b'))).rejects.toThrow('ENOTDIR');
});

test('a file system that takes no new names is told, and not asked for ever', async () => {
  await expect(makeFolder('/proc/piw/farm')).rejects.toThrow('ENOENT');
});
