import type { ClientBase } from 'pg';
import { grantTo } from './grants.ts';
import { readMigrations } from './migrations.ts';
import { SchemaMismatchError } from './schema-mismatch-error.ts';
import { schemaVersion } from './schema-version.ts';

/** From which schema to which, and the names of the migrations between them. */
export interface Migrated {
  readonly from: number;
  readonly to: number;
  readonly applied: readonly string[];
}

/** Where the migrations lie, and the role that is to have a master's rights; without, none gets any. */
export interface MigrateOptions {
  readonly directory?: string;
  readonly role?: string;
}

/** Under this advisory lock schemas are made: two who migrate at once do it one after the other. */
const migrationLock = 0x70697701;

/**
 * Brings a database to this software's schema, in one transaction: all of it or nothing. One that is there already is left
 * as it is; a newer one is refused with a SchemaMismatchError, an unfit role with an UnfitRoleError.
 */
export async function migrate(client: ClientBase, { directory, role }: MigrateOptions = {}): Promise<Migrated> {
  const migrations = await readMigrations(directory);
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    const from = await schemaVersion(client);
    if (from > migrations.length) throw new SchemaMismatchError(from, migrations.length);
    const missing = migrations.slice(from);
    for (const { number, name, text } of missing) {
      await client.query(text);
      await client.query('insert into migrations (number, name) values ($1, $2)', [number, name]);
    }
    if (role !== undefined) await grantTo(client, role);
    await client.query('commit');
    return { from, to: migrations.length, applied: missing.map(({ name }) => name) };
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
