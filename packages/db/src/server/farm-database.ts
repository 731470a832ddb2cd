import pg from 'pg';
import { grantTo } from '../grants.ts';
import { type Migrated, migrate } from '../migrate.ts';
import type { PrivateServer } from './private-server.ts';

const database = 'piwheels';
const role = 'piwheels';

/** A farm's database as its master opens it, and what had to be done to its schema. */
export interface FarmDatabase {
  readonly dsn: string;
  readonly migrated: Migrated;
}

/**
 * Makes the farm's database on its private server where it is missing, brings its schema up to date and lets the
 * master's role, which is no superuser, have what it needs. Throws SchemaMismatchError where the schema is newer.
 */
export async function prepareFarmDatabase(server: PrivateServer): Promise<FarmDatabase> {
  await connected(server.dsn('postgres'), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${database}`);
    const { rowCount: roles } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (roles === 0) await client.query(`create role ${role} login`);
  });
  const migrated = await connected(server.dsn(database), async (client) => {
    const done = await migrate(client);
    await grantTo(client, role);
    return done;
  });
  return { dsn: server.dsn(database, role), migrated };
}

/** Brings the schema of an outside database up to date, as the role that its address names. */
export const migrateOutside = (dsn: string): Promise<Migrated> => connected(dsn, (client) => migrate(client));

async function connected<T>(dsn: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(dsn);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
