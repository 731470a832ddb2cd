import pg from 'pg';

/** What a program wants of its connections; times in milliseconds. */
export interface PoolOptions {
  readonly max?: number;
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  readonly onLost?: (error: Error) => void;
}

const { builtins } = pg.types;
const readTime = pg.types.getTypeParser(builtins.TIMESTAMPTZ) as (text: string) => unknown;

/** Times leave the database as milliseconds since 1970, its 64-bit integers as numbers. */
export const farmTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === builtins.TIMESTAMPTZ) return (text: string) => Number(readTime(text));
    if (oid === builtins.INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * Connections to a farm's database, made as they are needed.
 * A connection that breaks while nobody uses it is told to `onLost` and replaced; it never ends the program.
 */
export function openPool(dsn: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: dsn,
    max: options.max ?? 8,
    application_name: options.applicationName ?? 'piwheels',
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: farmTypes,
  });
  pool.on('error', (error) => options.onLost?.(error));
  pool.on('connect', (client) => {
    // Its queries are short: compiling one costs more than it ever saves. A connection that breaks here is seen by its user.
    client.query('set jit = off').catch(() => undefined);
  });
  return pool;
}
