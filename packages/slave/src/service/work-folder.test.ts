import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@piw/host/log';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWorkFolder } from './work-folder.ts';

const heard = (write: (text: string) => void) => openLog({ console: { write }, level: 'info' }).logger;
const log = heard(() => undefined);
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-folder-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a slave starts with no attempts, keeps its cache, and shows both to nobody else', async () => {
  await mkdir(join(dir, 'piw-slave-rock', 'attempts', '7', 'work'), { recursive: true });
  await mkdir(join(dir, 'piw-slave-rock', 'cache'));
  const folder = await openWorkFolder(dir, 'rock', log);
  expect(await readdir(folder.attempts)).toEqual([]);
  expect((await stat(folder.cache)).isDirectory()).toBe(true);
  expect((await stat(join(dir, 'piw-slave-rock'))).mode & 0o777).toBe(0o700);
  folder.release();
});

test('what cannot be removed is moved aside and told, and the slave starts', async () => {
  await mkdir(join(dir, 'piw-slave-rock', 'attempts', '7'), { recursive: true });
  let told = '';
  const telling = heard((line) => (told += line));
  const folder = await openWorkFolder(dir, 'rock', telling, () => Promise.reject(new Error('held fast')));
  expect(await readdir(folder.attempts)).toEqual([]);
  const left = (await readdir(join(dir, 'piw-slave-rock'))).find((name) => name !== 'attempts')!;
  expect(await readdir(join(dir, 'piw-slave-rock', left))).toEqual(['7']);
  expect(told).toContain(left);
  expect(told).toContain('held fast');
  folder.release();
});

test('two slaves with one label do not clear away each other’s builds', async () => {
  const first = await openWorkFolder(dir, 'rock', log);
  await writeFile(join(first.attempts, 'built'), '');
  await expect(openWorkFolder(dir, 'rock', log)).rejects.toThrow('Another slave works in');
  expect(await readdir(first.attempts)).toEqual(['built']);
  first.release();
  const next = await openWorkFolder(dir, 'rock', log);
  expect(await readdir(next.attempts)).toEqual([]);
  next.release();
});

test('a label with slashes stays in its folder', async () => {
  const folder = await openWorkFolder(dir, '../../rock', log);
  expect(folder.attempts).toBe(join(dir, 'piw-slave-.._.._rock', 'attempts'));
  folder.release();
});

test('a link that somebody else left in /tmp is not followed', async () => {
  await mkdir(join(dir, 'elsewhere'));
  await writeFile(join(dir, 'elsewhere', 'attempts'), 'precious');
  await symlink(join(dir, 'elsewhere'), join(dir, 'piw-slave-rock'));
  await expect(openWorkFolder(dir, 'rock', log)).rejects.toThrow('not a folder of this user');
  expect(await readdir(join(dir, 'elsewhere'))).toEqual(['attempts']);
});

test('a folder that cannot be had is refused with what to do', async () => {
  await writeFile(join(dir, 'file'), '');
  await expect(openWorkFolder(join(dir, 'file'), 'rock', log)).rejects.toMatchObject({
    remedy: 'Give another folder with --dir.',
  });
});
