import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { readMigrations, sqlDirectory } from './migrations.ts';
import { requireSchema, schemaVersion } from './schema-version.ts';
import { startDatabase, type TestDatabase, type TestServer } from './testing/start-database.ts';

let server: TestServer;
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  server = await startDatabase();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await server.createDatabase('nothing');
  client = new pg.Client(database.dsn);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

test('an empty database gets every migration, and a second run finds nothing to do', async () => {
  const last = (await readMigrations()).length;
  expect(await migrate(client)).toMatchObject({ from: 0, to: last });
  expect(await migrate(client)).toEqual({ from: last, to: last, applied: [] });
  await expect(requireSchema(client)).resolves.toBeUndefined();
});

test('two who migrate at once leave one whole schema', async () => {
  const other = new pg.Client(database.dsn);
  await other.connect();
  const both = await Promise.all([migrate(client), migrate(other)]);
  await other.end();
  expect(both.map(({ applied }) => applied.length > 0).sort()).toEqual([false, true]);
});

test('a database with a newer schema is refused, and left as it is', async () => {
  await migrate(client);
  await client.query(`insert into migrations (number, name) values (1000, 'from-the-future')`);
  await expect(migrate(client)).rejects.toThrow('has schema 1000; this software needs');
  await expect(requireSchema(client)).rejects.toMatchObject({
    remedy: 'Upgrade this software to the release that upgraded the database.',
  });
});

test('an empty database is not taken for a farm', async () => {
  await expect(requireSchema(client)).rejects.toMatchObject({
    message: 'The database is empty.',
    remedy: 'Stop the master, run "piw-initdb", then start it again.',
  });
});

test('a migration that fails leaves the schema as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piw-sql-'));
  await copyFile(join(sqlDirectory, '0001-packages.sql'), join(folder, '0001-packages.sql'));
  await migrate(client, { directory: folder });
  await writeFile(join(folder, '0002-half.sql'), 'create table half_made (n integer); select 1 / 0;');
  await expect(migrate(client, { directory: folder })).rejects.toThrow('division by zero');
  await rm(folder, { recursive: true });
  expect(await schemaVersion(client)).toBe(1);
  expect((await client.query(`select to_regclass('half_made') as table`)).rows).toEqual([{ table: null }]);
});
