import type pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { openPool } from '../connect.ts';
import { startDatabase, type TestDatabase, type TestServer } from './start-database.ts';

/** Gives a test file a database of its own with the farm's schema, and takes it away after its last test. */
export function useDatabase(): { readonly pool: pg.Pool; readonly dsn: string; readonly ownerDsn: string } {
  let server: TestServer | undefined;
  let database: TestDatabase | undefined;
  let pool: pg.Pool | undefined;
  beforeAll(async () => {
    server = await startDatabase();
    database = await server.createDatabase();
    pool = openPool(database.dsn, { max: 10 });
  });
  afterAll(async () => {
    await pool?.end();
    await database?.drop();
    await server?.stop();
  });
  return {
    get pool() {
      return pool!;
    },
    get dsn() {
      return database!.dsn;
    },
    get ownerDsn() {
      return database!.ownerDsn;
    },
  };
}
