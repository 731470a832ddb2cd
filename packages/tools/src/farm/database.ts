import { join } from 'node:path';
import { migrate } from '@piw/db/migrate';
import { prepareFarmDatabase } from '@piw/db/server/farm-database';
import { startPrivateServer } from '@piw/db/server/private-server';
import { withConnection } from '@piw/db/with-connection';
import { databaseRefusal } from '../database-refusal.ts';
import type { FarmFolder } from './folder.ts';

/** The database that a farm works on. */
export interface Database {
  /** Its address, for the master. */
  readonly dsn: string;
  /** Rejects when a server that was ours ended under us; never resolves. */
  readonly lost: Promise<never>;
  stop(): Promise<void>;
}

/**
 * The farm's own PostgreSQL below its folder, or an outside one, which is brought up to date and never stopped. Throws a Refusal
 * where it can't be had.
 */
export async function openDatabase(folder: FarmFolder, outside: string | undefined): Promise<Database> {
  try {
    return await (outside === undefined ? openOwn(folder) : openOutside(outside));
  } catch (error) {
    throw databaseRefusal(error);
  }
}

async function openOwn(folder: FarmFolder): Promise<Database> {
  const logFile = join(folder.logs, 'postgres.log');
  const server = await startPrivateServer({ dataDir: folder.database, socketDir: folder.run, logFile });
  try {
    const dsn = await prepareFarmDatabase(server);
    const lost = server.gone.then(() => {
      throw new Error(`PostgreSQL ended; its log is ${logFile}`);
    });
    lost.catch(() => undefined); // heard by whoever waits for it
    return { dsn, lost, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openOutside(dsn: string): Promise<Database> {
  await withConnection(dsn, (client) => migrate(client));
  return { dsn, lost: new Promise(() => undefined), stop: () => Promise.resolve() };
}
