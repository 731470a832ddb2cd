import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDatabase, type TestServer } from '@piw/db/testing/start-database';
import { withConnection } from '@piw/db/with-connection';
import { makeWheel } from '@piw/wheel/testing/make-wheel';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Environment, freshEnvironment } from '../fixtures/environment.ts';
import { clearAway, type Farm, startFarm, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { cleanEnv, type Ended, run } from '../fixtures/run-program.ts';

const json = 'application/vnd.pypi.simple.v1+json';
const theirs = (name: string, version: string) =>
  makeWheel({ name, version, files: { [`${name}.py`]: 'maker = "upstream"\n' } });
const lacked = theirs('lacked', '1.0');
const same = theirs('same', '1.0');
const newer = theirs('both', '2.0');

let server: TestServer;
let dsn: string;
let index: IndexServer;
let dir: string;
let farm: Farm;

/** Of `ours` upstream has sources only; of `both` it has a newer version, too; of `same` the very wheel that the farm builds. */
beforeAll(async () => {
  server = await startDatabase();
  ({ ownerDsn: dsn } = await server.createDatabase());
  index = await serveIndex(
    { name: 'ours', version: '1.0', compiled: true, depends: ['lacked'] },
    { name: 'both', version: '1.0' },
    { name: 'same', version: '1.0' },
  );
  for (const wheel of [lacked, same, newer]) index.addWheel(wheel);
  dir = await temporaryFolder();
  farm = await startFarm(dir, ['--index-url', index.url, '--dsn', dsn, 'ours', 'both==1.0', 'same']);
  for (const name of ['ours', 'both', 'same']) await farm.heard(new RegExp(`^success +${name} 1\\.0 `));
  for (const name of ['ours', 'both', 'same'])
    await until(async () => expect(await filesOf(`simple/${name}/`)).not.toEqual([]));
});

afterAll(async () => {
  expect(await farm.stop()).toBe(0);
  await index.close();
  await server.stop();
  expect(await clearAway(dir)).toEqual([]);
});

const until = (what: () => unknown) => vi.waitFor(what, { timeout: 30_000, interval: 50 });

interface Listed {
  readonly filename: string;
  readonly url: string;
  readonly hashes: { readonly sha256: string };
  readonly yanked: string | boolean;
}

/** What a page of the site lists; nothing where there is none. */
async function filesOf(page: string): Promise<Listed[]> {
  const reply = await fetch(`${farm.site}${page}`, { headers: { accept: json }, redirect: 'manual' });
  return reply.status === 200 ? ((await reply.json()) as { files: Listed[] }).files : [];
}
const namesOf = async (page: string) => (await filesOf(page)).map(({ filename }) => filename);

/** As if upstream had been asked long ago, and no page been written lately. */
const letTimePass = () =>
  withConnection(dsn, (client) =>
    client.query(
      'update pages set due_at = now(); update upstream_pages set due_at = now(), missed_at = missed_at - interval $$1 hour$$',
    ),
  );

/** The installers of this machine: each installs into a new environment and runs a line of Python there. */
const hasUv = spawnSync('uv', ['--version']).status === 0;
type Install = (environment: Environment, from: string, ...what: string[]) => Promise<Ended>;
const installers: [string, Install][] = [
  ['pip', (environment, from, ...what) => environment.pip('install', '--index-url', from, ...what)],
  [
    'uv',
    (environment, from, ...what) =>
      run(
        'uv',
        ['pip', 'install', '--no-cache', '--python', environment.executable, '--index-url', from, ...what],
        cleanEnv(),
      ),
  ],
];
const isMissing = (installer: string): boolean => installer === 'uv' && !hasUv;

test.for(installers)(
  '%s installs what the farm has, what it lacks, and what both have, from one index',
  async ([installer, install], { skip }) => {
    skip(isMissing(installer), 'there is no uv on this machine');
    const environment = await freshEnvironment();
    const installed = await install(environment, `${farm.site}simple/`, 'ours', 'both', 'same', 'lacked');
    expect(installed.code, installed.stdout + installed.stderr).toBe(0);
    const code = 'import ours, both, same, lacked; print(ours.answer(), both.maker, same.maker, lacked.maker)';
    expect((await environment.python(code)).stdout).toBe('42 upstream upstream upstream\n');
    await environment.remove();
  },
);

test.for(installers)(
  '%s installs from our own index what we built, and nothing else',
  async ([installer, install], { skip }) => {
    skip(isMissing(installer), 'there is no uv on this machine');
    const environment = await freshEnvironment();
    const installed = await install(environment, `${farm.site}own/simple/`, 'both', 'same');
    expect(installed.code, installed.stdout + installed.stderr).toBe(0);
    expect((await environment.python('import both, same; print(both.answer, same.answer)')).stdout).toBe('42 42\n');
    expect((await install(environment, `${farm.site}own/simple/`, 'lacked')).code).not.toBe(0);
    await environment.remove();
  },
);

test('a page lists what upstream lists, with its addresses and hashes, and a filename that both have is upstream’s', async () => {
  const [ours] = await filesOf('own/simple/same/');
  const merged = await filesOf('simple/same/');
  expect(merged.map(({ filename }) => filename)).toEqual(['same-1.0-py3-none-any.whl', 'same-1.0.tar.gz']);
  expect(merged[0]).toMatchObject({
    hashes: { sha256: same.sha256 },
    url: new URL(`/files/${same.filename}`, index.url).href,
  });
  expect(ours!.hashes.sha256).not.toBe(same.sha256);
  const html = await (await fetch(`${farm.site}simple/same/`)).text();
  expect(html).toContain(`href="${merged[0]!.url}#sha256=${same.sha256}"`);
  expect(await namesOf('own/simple/both/')).toEqual(['both-1.0-py3-none-any.whl']);
  expect(await namesOf('simple/both/')).toEqual([
    'both-1.0-py3-none-any.whl',
    'both-1.0.tar.gz',
    'both-2.0-py3-none-any.whl',
  ]);
});

test('a page that upstream did not change is not fetched again', async () => {
  const before = index.answers.length;
  await letTimePass();
  await until(() =>
    expect(index.answers.slice(before).toSorted()).toEqual([
      '304 /simple/both/',
      '304 /simple/ours/',
      '304 /simple/same/',
    ]),
  );
});

test('what upstream yanks or takes away is yanked or gone in the page', async () => {
  index.yank(newer.filename, 'it is "broken"');
  index.remove(same.filename);
  await letTimePass();
  await until(async () =>
    expect((await filesOf('simple/both/')).map(({ yanked }) => yanked)).toEqual([false, false, 'it is "broken"']),
  );
  await until(async () =>
    expect(await filesOf('simple/same/')).toMatchObject([{ url: expect.stringMatching(/^\.\.\//) as string }, {}]),
  );
  const environment = await freshEnvironment();
  await environment.pip('install', '--index-url', `${farm.site}simple/`, 'both');
  expect((await environment.python('import both; print(both.answer)')).stdout).toBe('42\n');
  await environment.remove();
});

test('while upstream is dead its last list stays, and an operator is told', async () => {
  const before = await namesOf('simple/both/');
  index.breakDown(true);
  await letTimePass();
  const status = async () => (await farm.control('status')).stdout;
  await until(async () => expect(await status()).toMatch(/can't be used: it answers 503/));
  await letTimePass();
  expect(await namesOf('simple/both/')).toEqual(before);
  index.breakDown(false);
  await letTimePass();
  await until(async () => expect(await status()).not.toContain("can't be used"));
});

test('a version that upstream deletes is not listed any more', async () => {
  index.remove('same-1.0.tar.gz');
  await letTimePass();
  await until(async () => expect((await withConnection(dsn, (client) => client.query(gone))).rows).toHaveLength(1));
  await letTimePass();
  await until(async () => expect(await namesOf('own/simple/same/')).toEqual([]));
  expect((await fetch(`${farm.site}simple/same/`, { redirect: 'manual' })).status).toBe(302);
});

const gone = `select from upstream_pages join packages using (package_id) where name = 'same' and missed_at is not null`;

test('the farm says which index it merges, and never how it gets in there', async () => {
  expect(await readFile(join(dir, 'output', 'upstream.json'), 'utf8')).toBe(`{"index":"${index.url}"}\n`);
});
