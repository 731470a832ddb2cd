import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openPool } from '@piw/db/connect';
import { prepareFarmDatabase } from '@piw/db/server/farm-database';
import { startPrivateServer } from '@piw/db/server/private-server';
import type { Ground } from './ground.ts';

/** A farm's database on a server of the bench's own, started as `piw-farm` starts it: everything is synced. */
export interface BenchDatabase {
  /** For the master's role. */
  readonly dsn: string;
  /** Connections for the master's role. */
  readonly pool: ReturnType<typeof openPool>;
  /** A connection that may do anything, for filling tables. */
  readonly owner: ReturnType<typeof openPool>;
  /** The server's process. */
  readonly pid: number;
}

/** Starts the server and makes the farm's schema; `settings` are for looking closer at what it does. */
export async function openBenchDatabase(ground: Ground, connections = 10): Promise<BenchDatabase> {
  const [dataDir, socketDir] = [join(ground.dir, 'database'), join(ground.dir, 'pg')];
  await mkdir(socketDir, { mode: 0o700 });
  const settings = process.env['PIW_BENCH_POSTGRES']?.split(',') ?? [];
  const server = await startPrivateServer({ dataDir, socketDir, logFile: join(ground.dir, 'postgres.log'), settings });
  ground.later(() => server.stop());
  const dsn = await prepareFarmDatabase(server);
  const pool = openPool(dsn, { max: connections, statementTimeoutMs: 0 });
  const owner = openPool(server.dsn('piwheels'), { max: 2, statementTimeoutMs: 0 });
  pool.on('error', () => undefined);
  owner.on('error', () => undefined);
  // An interrupted bench may have a query under way for minutes: the server, which is stopped next, ends it.
  ground.later(() => Promise.race([Promise.all([pool.end(), owner.end()]), delay(2000, undefined, { ref: false })]));
  return { dsn, pool, owner, pid: server.pid };
}
