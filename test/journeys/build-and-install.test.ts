import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Environment, freshEnvironment } from '../fixtures/environment.ts';
import { clearAway, type Farm, farmOnce, startFarm, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import type { Ended } from '../fixtures/run-program.ts';

const json = 'application/vnd.pypi.simple.v1+json';

let index: IndexServer;
let dir: string;
let once: Ended;
let farm: Farm;
let environment: Environment;

beforeAll(async () => {
  index = await serveIndex(
    { name: 'plain', version: '1.0' },
    { name: 'fast-thing', version: '2.1', compiled: true, depends: ['plain>=1.0'], python: '>=3.6' },
  );
  dir = await temporaryFolder();
  once = await farmOnce(dir, '--index-url', index.url, 'Plain', 'fast.thing==2.1');
  farm = await startFarm(dir, ['--index-url', index.url]);
  environment = await freshEnvironment();
});

afterAll(async () => {
  await environment.remove();
  expect(await farm.stop()).toBe(0);
  await index.close();
  expect(await clearAway(dir)).toEqual([]);
});

test('a farm that is asked once prints a line for each target, and exits 0 when each has a wheel', () => {
  const lines = once.stdout.trimEnd().split('\n').toSorted();
  expect(lines.filter((line) => line.startsWith('plain '))).not.toHaveLength(0);
  for (const line of lines)
    expect(line).toMatch(
      /^(?:plain 1\.0|fast-thing 2\.1) \w+-linux_\w+ success http:\/\/127\.0\.0\.1:\d+\/packages\/.*\.whl$/,
    );
  expect(once.code, once.stderr).toBe(0);
});

test('pip installs what the farm built, and what it depends on, in a new environment', async () => {
  const installed = await environment.pip(
    'install',
    '--index-url',
    `${farm.site}simple/`,
    '--only-binary',
    ':all:',
    'fast-thing',
  );
  expect(installed.code, installed.stdout + installed.stderr).toBe(0);
  const used = await environment.python('import fast_thing, plain; print(fast_thing.answer(), plain.answer)');
  expect(used.stdout).toBe('42 42\n');
});

test('the index lists a file with its hash, its Python and its metadata, in HTML and in JSON', async () => {
  const page = await (await fetch(`${farm.site}simple/fast-thing/`)).text();
  expect(page).toMatch(/<a href="[^"]*\.whl#sha256=[0-9a-f]{64}"[^>]* data-requires-python="&gt;=3.6"/);
  const reply = await fetch(`${farm.site}simple/fast-thing/`, { headers: { accept: json } });
  expect(reply.headers.get('content-type')).toMatch(json);
  const { files } = (await reply.json()) as {
    files: { url: string; hashes: object; 'core-metadata': { sha256: string } }[];
  };
  const { url, 'core-metadata': core } = files[0]!;
  expect(core.sha256).toMatch(/^[0-9a-f]{64}$/);
  const metadata = await (await fetch(new URL(`${url}.metadata`, `${farm.site}simple/fast-thing/`))).text();
  expect(metadata).toMatch(/^Metadata-Version: 2\.1\nName: fast-thing\nVersion: 2\.1\n/);
});

test('the whole log of a build is published, a section a step', async () => {
  const logs = await readdir(join(dir, 'output', 'logs'), { recursive: true });
  const texts = await Promise.all(
    logs
      .filter((name) => name.endsWith('.txt.gz'))
      .map(async (name) => gunzipSync(await readFile(join(dir, 'output', 'logs', name))).toString()),
  );
  expect(texts.length).toBeGreaterThanOrEqual(2);
  for (const text of texts)
    for (const step of ['fetch', 'prepare', 'requires', 'build', 'inspect', 'check'])
      expect(text).toContain(`== ${step}`);
});

test('nothing of what is being received is served', async () => {
  expect((await fetch(`${farm.site}incoming/`)).status).toBe(404);
});
