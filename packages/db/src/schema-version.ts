import { z } from 'zod';
import { neededSchema } from './migrations.ts';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';
import { SchemaMismatchError } from './schema-mismatch-error.ts';

const isThere = { name: 'schema-is-there', text: `select to_regclass('migrations') is not null as there` };
const highest = { name: 'schema-version', text: `select coalesce(max(number), 0) as number from migrations` };

/** The number of the last migration that a database has seen; 0 for an empty one. */
export async function schemaVersion(db: Queryable): Promise<number> {
  const { there } = (await firstRow(db, isThere, z.object({ there: z.boolean() })))!;
  if (!there) return 0;
  return (await firstRow(db, highest, z.object({ number: z.int() })))!.number;
}

/** Throws a SchemaMismatchError unless the database's schema is exactly the one that this software needs. */
export async function requireSchema(db: Queryable): Promise<void> {
  const [found, wanted] = [await schemaVersion(db), await neededSchema()];
  if (found !== wanted) throw new SchemaMismatchError(found, wanted);
}
