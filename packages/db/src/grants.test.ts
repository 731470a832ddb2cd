import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantTo } from './grants.ts';
import { startDatabase, type TestDatabase, type TestServer } from './testing/start-database.ts';

let server: TestServer;
let database: TestDatabase;
const clients: pg.Client[] = [];
const connect = async (dsn: string) => {
  const client = new pg.Client(dsn);
  await client.connect();
  clients.push(client);
  return client;
};

beforeAll(async () => {
  server = await startDatabase();
  database = await server.createDatabase();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await database.drop();
  await server.stop();
});

test.each([
  'delete from published_names',
  'update published_names set sha256 = sha256',
  'delete from journal',
  'update journal set who = who',
  'delete from attempts',
  'truncate jobs',
  'insert into migrations (number, name) values (99, $$later$$)',
  'create table mine (n integer)',
  'alter table jobs disable trigger all',
  'create role another',
])('the role of the master may not: %s', async (text) => {
  const client = await connect(database.dsn);
  await expect(client.query(text)).rejects.toThrow(/permission denied|must be owner/);
});

test('a role that is not there, or is a superuser, is refused with what to type next', async () => {
  const client = await connect(database.ownerDsn);
  await expect(grantTo(client, 'nobody"; drop table jobs')).rejects.toMatchObject({
    message: 'There is no database role nobody"; drop table jobs.',
  });
  const { rows } = await client.query<{ name: string }>('select current_user as name');
  await expect(grantTo(client, rows[0]!.name)).rejects.toThrow('is a superuser');
});
