import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setup } from './fixtures/own-temporary-folder.ts';

let whole: string;

beforeEach(async () => {
  whole = await mkdtemp(join(tmpdir(), 'piw-whole-'));
  vi.stubEnv('TMPDIR', whole);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(whole, { recursive: true });
});

test('a run has a folder of its own for what is temporary, and takes all of it away', async () => {
  const end = await setup();
  await writeFile(join(tmpdir(), 'something'), '');
  expect(await readdir(whole)).toEqual([`piw-t${process.pid}`]);
  await end!();
  expect(await readdir(whole)).toEqual([]);
});

test('what a run that was killed left is cleared away by the next, and what others have is left alone', async () => {
  const { pid } = spawnSync('true');
  for (const name of [`piw-t${pid}`, `piw-t${process.ppid}`, 'piw-theirs']) await mkdir(join(whole, name));
  const end = await setup();
  await end!();
  expect((await readdir(whole)).toSorted()).toEqual([`piw-t${process.ppid}`, 'piw-theirs'].toSorted());
});

test('both projects of one run share the folder', async () => {
  const end = await setup();
  expect(await setup()).toBeUndefined();
  await end!();
});
