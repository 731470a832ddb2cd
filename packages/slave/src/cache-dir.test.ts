import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cacheDir } from './cache-dir.ts';

test('the cache is made below the folder that is set for caches, else below the home', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'piw-cache-dir-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  expect(await cacheDir({ XDG_CACHE_HOME: path.join(dir, 'xdg') }, '/nowhere')).toBe(path.join(dir, 'xdg/piwheels'));
  expect(await cacheDir({ XDG_CACHE_HOME: 'relative' }, dir)).toBe(path.join(dir, '.cache/piwheels'));
  expect((await stat(path.join(dir, '.cache/piwheels'))).isDirectory()).toBe(true);
});

test('a cache that cannot be made is refused with what to set, and not waited for', async () => {
  await expect(cacheDir({}, '/proc/piw')).rejects.toThrow(/cache folder .* can't be made: ENOENT/);
});
