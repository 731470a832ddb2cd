import pg from 'pg';
import { clientConfig } from './client-config.ts';

/** What a program wants of its connections; times in milliseconds. */
export interface PoolOptions {
  readonly max?: number;
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  readonly onLost?: (error: Error) => void;
}

const { TIMESTAMPTZ, INT8 } = pg.types.builtins;
const readTime = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;
const ours = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, (text) => Number(readTime(text))],
  [INT8, Number],
]);

/** Times leave the database as milliseconds since 1970, its 64-bit integers as numbers. */
const farmTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown => ours.get(oid) ?? pg.types.getTypeParser(oid, format),
};

/**
 * Connections to a farm's database, made as they are needed.
 * A connection that breaks while nobody uses it is told to `onLost` and replaced; it never ends the program.
 */
export function openPool(dsn: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(dsn),
    max: options.max ?? 8,
    application_name: options.applicationName ?? 'piwheels',
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    connectionTimeoutMillis: 10_000,
    // A server whose machine died is noticed where it matters, on connections that wait.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: farmTypes,
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool awaits it, whatever its typings say
    onConnect: settle,
  });
  pool.on('error', (error) => options.onLost?.(error));
  // One that breaks in somebody's hands is told there, by the query; without an ear for it the driver would end the program as well.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/**
 * Its queries are short: compiling one costs more than that ever saves. A client whose machine died doesn't hang up: asked 3 s after it
 * was last heard, and every 2 s, it is given up when it has been silent for 7, and what it had locked is free for its successor.
 */
const settings = [
  'set jit = off',
  ...['set tcp_keepalives_idle = 3', 'set tcp_keepalives_interval = 2', 'set tcp_keepalives_count = 2'],
  'set tcp_user_timeout = 7000',
].join('; ');

const settle = (client: pg.ClientBase): Promise<unknown> => client.query(settings);
