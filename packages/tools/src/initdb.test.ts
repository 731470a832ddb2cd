import { serverOptions } from '@piw/db/server-options';
import { startDatabase, type TestDatabase, type TestServer } from '@piw/db/testing/start-database';
import { withConnection } from '@piw/db/with-connection';
import { capturedRun } from '@piw/host/captured-run';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { piwInitdb } from './initdb.ts';

let server: TestServer;
let database: TestDatabase;
let role: string;

beforeAll(async () => {
  server = await startDatabase();
  role = await server.template();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await server.createDatabase('nothing');
});
afterEach(() => database.drop());

const run = (...args: string[]) => capturedRun(piwInitdb, ['-d', database.ownerDsn, '-u', role, ...args]);

test('an empty database becomes a farm’s, and a second run finds it so', async () => {
  const first = await run('-y');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^The database is empty; this software needs \d+\.\napplied 1 packages\n/);
  const second = await run();
  expect(second.code).toBe(0);
  expect(second.out).toMatch(new RegExp(`^The database has schema \\d+, and the role ${role} may use it\\.\\n$`));
});

test('without a terminal nothing is changed unless it was said beforehand', async () => {
  const { code, err } = await run();
  expect({ code, err }).toEqual({
    code: 1,
    err: 'piw-initdb: Nobody is there to say whether to go on. Say so beforehand with: piw-initdb --yes\n',
  });
});

test('a newer schema is refused in one line', async () => {
  await run('-y');
  await withConnection(database.ownerDsn, (client) => client.query(`insert into migrations values (1000, 'future')`));
  const { code, err } = await run('-y');
  expect(code).toBe(1);
  expect(err).toMatch(
    /^piw-initdb: The database has schema 1000; this software needs \d+\. Upgrade this software .*\n$/,
  );
});

test('a role that is not there leaves the database as it was, and is made on the same server', async () => {
  const { err } = await capturedRun(piwInitdb, ['-d', database.ownerDsn, '-u', 'no body', '-y']);
  const make = `createuser ${serverOptions(database.ownerDsn)}'no body'`;
  expect(err).toBe(`piw-initdb: There is no database role no body. Make it with: ${make}\n`);
  expect((await run('-y')).out).toContain('The database is empty');
});

test.each([
  [
    'a database that is not there',
    'no_such_database',
    /does not exist\. Make it with: createdb -h \S+ (?:-p \d+ )?-U \w+ NAME\n$/,
  ],
  ['a server that is not there', '?host=/no/such/folder', /cannot be reached: .* Start PostgreSQL, or name another/],
])('%s is told in one line with what to type next', async (_, name, line) => {
  const dsn = database.ownerDsn.replace(/piw_test_\w+/, name.startsWith('?') ? 'x' : name);
  const address = name.startsWith('?') ? `postgresql:///x${name}` : dsn;
  const { code, err } = await capturedRun(piwInitdb, ['-d', address]);
  expect(code).toBe(1);
  expect(err).toMatch(line);
});
