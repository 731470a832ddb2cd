import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownerId, stateDir } from './owner.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-owner-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('slaves that start at once in one folder have one id, and keep it for themselves', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => ownerId(join(dir, 'state'))));
  expect(new Set([...ids, await ownerId(join(dir, 'state'))]).size).toBe(1);
  expect((await stat(join(dir, 'state', 'slave-id'))).mode & 0o777).toBe(0o600);
});

test('an id that was damaged is not taken for one', async () => {
  await writeFile(join(dir, 'slave-id'), '');
  await expect(ownerId(dir)).rejects.toThrow('slave-id holds no id of a slave.');
});

test('a folder that cannot be had is refused with what to do', async () => {
  await writeFile(join(dir, 'file'), '');
  await expect(ownerId(join(dir, 'file', 'state'))).rejects.toMatchObject({
    remedy: 'Give a folder that it may write with --state-dir.',
  });
});

test('the id is kept where systemd says, else in the home of the user', () => {
  expect(stateDir({ STATE_DIRECTORY: '/var/lib/piwheels:/other', HOME: '/home/ann' })).toBe('/var/lib/piwheels');
  expect(stateDir({ HOME: '/home/ann' })).toBe('/home/ann/.local/state/piwheels');
});
