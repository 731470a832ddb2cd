import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clearAway, farmOnce, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';

let index: IndexServer;
let dir: string;

beforeAll(async () => {
  index = await serveIndex(
    {
      name: 'needs-pg',
      version: '1.0',
      says: ['a first line', 'running build_ext'],
      fails: 'Error: pg_config executable not found.',
    },
    { name: 'liar', version: '1.0', claims: 'somebody-else' },
    { name: 'hungry', version: '1.0', hogs: 8 * 2 ** 30 },
    { name: 'for-snakes-to-come', version: '1.0', python: '>=9' },
  );
  dir = await temporaryFolder();
});

afterAll(async () => {
  await index.close();
  expect(await clearAway(dir)).toEqual([]);
});

test('a build that fails is a line with its reason, exit 1, and its whole log is kept', async () => {
  const { code, stdout } = await farmOnce(dir, '--index-url', index.url, 'needs-pg');
  expect(stdout).toMatch(/^needs-pg 1\.0 \S+ failure .*pg_config/);
  expect(code).toBe(1);
  const folder = join(dir, 'output', 'logs', '0000', '0000');
  const log = gunzipSync(await readFile(join(folder, (await readdir(folder))[0]!))).toString();
  expect(log).toContain('a first line\nrunning build_ext\n');
  expect(log).toContain('pg_config executable not found');
});

test('a wheel that is not what its package says is never published', async () => {
  const { code, stdout } = await farmOnce(dir, '--index-url', index.url, 'liar');
  expect(stdout).toMatch(/^liar 1\.0 \S+ failure /);
  expect(code).toBe(1);
  expect(await readdir(join(dir, 'output', 'simple'))).not.toContain('liar');
});

test('a version that no Python here may have is told as such, and nothing is built', async () => {
  const { code, stdout } = await farmOnce(dir, '--index-url', index.url, 'for-snakes-to-come');
  expect(stdout).toMatch(/^for-snakes-to-come 1\.0 - no-target/);
  expect(code).toBe(1);
});
