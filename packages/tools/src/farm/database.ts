import { join } from 'node:path';
import { migrateOutside, prepareFarmDatabase } from '@piw/db/server/farm-database';
import { startPrivateServer } from '@piw/db/server/private-server';
import type { FarmFolder } from './folder.ts';

/** The database that a farm works on. */
export interface Database {
  /** Its address, for the master. */
  readonly dsn: string;
  /** What is said of it at the start. */
  readonly described: string;
  /** Rejects when a server that was ours ended under us; never resolves. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
}

/** The farm's own PostgreSQL below its folder, or an outside one, which is brought up to date and never stopped. */
export async function openDatabase(folder: FarmFolder, outside: string | undefined): Promise<Database> {
  if (outside !== undefined) return openOutside(outside);
  const logFile = join(folder.logs, 'postgres.log');
  const server = await startPrivateServer({ dataDir: folder.database, socketDir: folder.run, logFile });
  try {
    const { dsn } = await prepareFarmDatabase(server);
    const { major, from } = server.binaries;
    const lost = server.gone.then(() => {
      throw new Error(`PostgreSQL ended; its log is ${logFile}`);
    });
    lost.catch(() => undefined); // heard by whoever waits for it
    return { dsn, described: `PostgreSQL ${major} (${from})`, lost, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openOutside(dsn: string): Promise<Database> {
  await migrateOutside(dsn);
  return { dsn, described: 'an outside PostgreSQL', lost: new Promise(() => undefined), stop: () => Promise.resolve() };
}
