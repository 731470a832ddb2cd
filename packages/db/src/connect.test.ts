import { createServer } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openPool } from './connect.ts';
import { isConnectionError } from './connection-error.ts';
import { takeMasterLock } from './master-lock.ts';
import { useDatabase } from './testing/use-database.ts';
import { atOneMoment, inTransaction } from './transaction.ts';
import { waitForDatabase } from './wait-for-database.ts';

const database = useDatabase();

/** A port of this machine on which nobody listens. */
async function deafPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('times come as milliseconds since 1970, and 64-bit integers as numbers', async () => {
  const { rows } = await database.pool.query(
    `select to_timestamp(1.5) as t, 5000000000::bigint as n, null::timestamptz as no`,
  );
  expect(rows).toEqual([{ t: 1500, n: 5_000_000_000, no: null }]);
});

test('a database that cannot be reached is waited for until the signal says stop', async () => {
  const pool = openPool(`postgresql://nobody@127.0.0.1:${await deafPort()}/none`);
  const stop = new AbortController();
  const heard: unknown[] = [];
  const onWait = (error: Error) => {
    heard.push(error);
    if (heard.length === 3) stop.abort(new Error('enough'));
  };
  await expect(waitForDatabase(pool, stop.signal, { onWait, everyMs: 1 })).rejects.toThrow();
  await pool.end();
  expect(heard.every(isConnectionError)).toBe(true);
  expect(heard).toHaveLength(3);
});

test('a database that is not there, or an account that may not, is no reason to wait', async () => {
  const pool = openPool(database.dsn.replace(/piw_test_\w+\?/, 'no_such_database?'));
  const waiting = waitForDatabase(pool, AbortSignal.timeout(5000));
  await expect(waiting).rejects.toThrow('database "no_such_database" does not exist');
  await pool.end();
});

test('a connection that the server ends is told, and the next query has another', async () => {
  const lost: Error[] = [];
  let told = () => {};
  const ended = new Promise<void>((resolve) => {
    told = resolve;
  });
  const onLost = (error: Error) => {
    lost.push(error);
    told();
  };
  const pool = openPool(database.dsn, { max: 1, onLost });
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const owner = new pg.Client(database.ownerDsn);
  await owner.connect();
  await owner.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
  await owner.end();
  await ended;
  expect(lost.every(isConnectionError)).toBe(true);
  await waitForDatabase(pool, AbortSignal.timeout(5000));
  await pool.end();
});

test('a connection that breaks in the hands of whoever has it fails their next query, and nothing else', async () => {
  const pool = openPool(database.dsn, { max: 1 });
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const broken = new Promise((resolve) => client.once('end', resolve));
  const owner = new pg.Client(database.ownerDsn);
  await owner.connect();
  await owner.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
  await owner.end();
  await broken;
  await expect(client.query('select 1')).rejects.toSatisfy(isConnectionError);
  client.release(true);
  await pool.end();
});

test('what fails in a transaction leaves nothing behind', async () => {
  const failing = inTransaction(database.pool, async (tx) => {
    await tx.query({ text: `insert into packages (name) values ('half')` });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect((await database.pool.query(`select from packages where name = 'half'`)).rowCount).toBe(0);
});

test('one master at a time holds a database, and the next one may when its connection is gone', async () => {
  const [first, second] = [new pg.Client(database.dsn), new pg.Client(database.dsn)];
  await Promise.all([first.connect(), second.connect()]);
  expect([await takeMasterLock(first), await takeMasterLock(second)]).toEqual([true, false]);
  await first.end();
  await expect.poll(() => takeMasterLock(second)).toBe(true);
  await second.end();
});

test('what is read at one moment is not changed by what is written meanwhile, and nothing can be written in it', async () => {
  const { pool } = database;
  const count = { text: 'select count(*)::integer as count from packages' };
  const add = { text: `insert into packages (name) values ('meanwhile')` };
  const [before, after] = await atOneMoment(pool, async (db) => {
    const first = await db.query(count);
    await pool.query(add);
    return [first.rows, (await db.query(count)).rows];
  });
  expect(after).toEqual(before);
  expect((await pool.query(count)).rows).not.toEqual(before);
  await expect(atOneMoment(pool, (db) => db.query(add))).rejects.toThrow('read-only transaction');
});
