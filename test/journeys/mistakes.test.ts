import { access, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startDatabase } from '@piw/db/testing/start-database';
import { withConnection } from '@piw/db/with-connection';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandsWithout, withoutCompiler } from '../fixtures/commands.ts';
import { clearAway, farmOnce, farmOnceIn, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { listenOn } from '../fixtures/listen-on.ts';
import { mayMount } from '../fixtures/namespaces.ts';
import { cleanEnv, type Ended } from '../fixtures/run-program.ts';

let index: IndexServer;
let dir: string;

beforeAll(async () => {
  index = await serveIndex(
    { name: 'plain', version: '1.0' },
    { name: 'plain', version: '1.1' },
    { name: 'plain', version: '2.0' },
  );
  dir = await temporaryFolder();
});

afterAll(async () => {
  await index.close();
  expect(await clearAway(dir)).toEqual([]);
});

const ask = (...args: string[]): Promise<Ended> => farmOnce(dir, '--index-url', index.url, ...args);

const query = (dsn: string, text: string): Promise<unknown> => withConnection(dsn, (client) => client.query(text));

/** That a program ended with one line on standard error, and what that says. */
function expectMistake({ code, stdout, stderr }: Ended, text: RegExp, exitCode = 1): void {
  expect(stderr).toMatch(/^piw-farm: [^\n]+\n$/);
  expect(stderr.slice('piw-farm: '.length)).toMatch(text);
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
}

test('an unknown package and an unknown version are a line each, and the others are built', async () => {
  const { code, stdout, stderr } = await ask('no-such-thing', 'plain==1.2', 'plain==1.1');
  const refusals = stderr.split('\n').filter((line) => line.startsWith('The index'));
  expect(refusals.toSorted()).toEqual([
    'The index has no package no-such-thing. Look at how it is spelled, and at which index pip asks.',
    'The index has no version 1.2 of plain. The nearest that can be built: 1.0, 1.1, 2.0.',
  ]);
  expect(stdout).toMatch(/^(?:plain 1\.1 \S+ success .*\n)+$/);
  expect(code).toBe(1);
});

test('an index that is out of order is a line, and the next farm on the folder has lost nothing', async () => {
  index.breakDown(true);
  const broken = await ask('plain==2.0');
  index.breakDown(false);
  expect(broken.stderr).toMatch(/^The index at http:\S+ can't be used: .*503.*\. .+$/m);
  expect(broken).toMatchObject({ code: 1, stdout: '' });
  const mended = await ask('plain==1.1', 'plain==2.0');
  expect(mended.stdout).toMatch(/^plain 1\.1 \S+ success /m);
  expect(mended.stdout).toMatch(/^plain 2\.0 \S+ success /m);
  expect(mended.code, mended.stderr).toBe(0);
});

test('an index where nobody listens is a line', async () => {
  const server = createServer();
  const port = await listenOn(server);
  server.close();
  const { code, stdout, stderr } = await farmOnce(dir, '--index-url', `http://127.0.0.1:${port}/simple/`, 'plain');
  expect(stderr).toMatch(/^The index at http:\S+ can't be used: Connection refused\. Look at the network and .+$/m);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

test('a folder that cannot be written is a line, whatever is in the way', async () => {
  const file = join(dir, 'file');
  await writeFile(file, '');
  expectMistake(
    await farmOnce(file, 'plain'),
    /^The folder \S+\/file can't be written: .+ Give another with --dir\.\n/,
  );
  expectMistake(await farmOnce(join(file, 'below'), 'plain'), /^The folder \S+\/below can't be written: /);
  expectMistake(await farmOnce('/proc/farm', 'plain'), /^The folder \/proc\/farm can't be written: /);
});

test('a folder whose path is too long for sockets is refused before anything is made', async () => {
  const long = join(dir, 'a'.repeat(100));
  expectMistake(
    await farmOnce(long, 'plain'),
    /^The path of the folder \S+ is too long: .* the system allows 107\. Give a shorter one with --dir\.\n/,
  );
  await expect(access(long)).rejects.toThrow('ENOENT');
});

test('a port that somebody has is a line that says which, and the folder stays usable', async () => {
  const server = createServer();
  const port = await listenOn(server);
  expectMistake(
    await ask('--http-port', String(port), 'plain==1.1'),
    new RegExp(`^web could not start: Port ${port} of 127\\.0\\.0\\.1 is taken\\. `),
  );
  server.close();
  expect((await ask('plain==1.1')).code).toBe(0);
});

test('an outside database where nobody answers is a line that never shows its password', async () => {
  const ended = await ask('--dsn', 'postgresql://me:secret@127.0.0.1:1/none', 'plain');
  expectMistake(ended, /^The database cannot be reached: .+ Start PostgreSQL, or name another address with --dsn\.\n/);
  expect(ended.stderr).not.toContain('secret');
});

test('an outside database of newer software is left alone, and one of this software is used', async () => {
  const server = await startDatabase();
  try {
    const { ownerDsn } = await server.createDatabase();
    await query(ownerDsn, "insert into migrations (number, name) values (9999, 'to come')");
    expectMistake(
      await ask('--dsn', ownerDsn, 'plain==1.0'),
      /^The database has schema 9999; this software needs \d+\. Upgrade/,
    );
    await query(ownerDsn, 'delete from migrations where number = 9999');
    const used = await ask('--dsn', ownerDsn, 'plain==1.0');
    expect(used.stdout).toMatch(/^plain 1\.0 \S+ success /);
  } finally {
    await server.stop();
  }
});

test('wrong usage is a line that says how it is right, and exit 2', async () => {
  expectMistake(await ask(), /^--once builds what is named, .+ --once six==1\.17\.0\.\n/, 2);
  expectMistake(await ask('not a name'), /^"not a name" names no package\. /, 2);
  expectMistake(await ask('--http-port', '99999', 'plain'), /^--http-port 99999 is no port\. /, 2);
  expectMistake(await ask('--slavs', '2', 'plain'), /--slavs.*--slaves/, 2);
});

test('without a Python a farm says what to install', async () => {
  const commands = await commandsWithout(/^(?:python|pypy)/);
  const ended = await farmOnceIn({ env: { ...cleanEnv(), PATH: commands.dir } }, dir, 'plain==1.0');
  await commands.remove();
  const stderr = ended.stderr.replace(/^attention [^\n]+\n/, ''); // the master may have missed it by then too
  expectMistake({ ...ended, stderr }, /^There is no Python on this machine\. Install one/);
});

// Where nothing can be mounted the compiler can't be hidden from sandboxes.
test.skipIf(!mayMount())('without a compiler a farm says so, and which one to install', async () => {
  const ended = await farmOnceIn({ within: withoutCompiler }, dir, 'plain==1.0');
  expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(
    /^piw-farm: No Python here can build wheels: .*compiler.*gcc/,
  );
  expect(ended).toMatchObject({ code: 1, stdout: '' });
});
