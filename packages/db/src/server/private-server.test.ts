import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NoServerError, startPrivateServer } from './private-server.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'piw-pg-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = () =>
  startPrivateServer({
    dataDir: join(folder, 'data'),
    socketDir: folder,
    logFile: join(folder, 'log'),
    settings: ['fsync=off'],
  });

const asNoServer = (error: unknown): NoServerError | undefined => (error instanceof NoServerError ? error : undefined);

const ask = async (dsn: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client(dsn);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

test('a private server finds its data again, and ends what a killed farm left running on them', {
  timeout: 30_000,
}, async () => {
  const first = await start();
  await ask(first.dsn('postgres'), 'create table kept as select 42 as answer');
  const second = await start(); // nobody stopped the first
  await first.gone;
  expect(await ask(second.dsn('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('a private server that cannot have its data says so and where its log is', { timeout: 30_000 }, async () => {
  const missing = join(folder, 'no', 'such', 'folder');
  const started = startPrivateServer({
    dataDir: join(folder, 'data'),
    socketDir: missing,
    logFile: join(folder, 'log'),
  });
  await expect(started).rejects.toThrow(/^PostgreSQL did not start: could not create/);
});

test('a database that cannot be made where the farm is to lie says why and what to do, in a line', async () => {
  const dataDir = '/proc/no-such-folder/data';
  const started = startPrivateServer({ dataDir, socketDir: folder, logFile: join(folder, 'log') });
  const error = await started.then(() => undefined, asNoServer);
  expect(error?.message).toMatch(
    /^The database could not be made in \/proc\/no-such-folder\/data: could not create.*$/,
  );
  expect(error?.remedy).toContain('--dir');
});
