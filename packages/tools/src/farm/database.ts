import { migrate } from '@piw/db/migrate';
import { prepareFarmDatabase } from '@piw/db/server/farm-database';
import { withConnection } from '@piw/db/with-connection';
import { databaseRefusal } from '../database-refusal.ts';
import type { FarmFolder } from './folder.ts';
import { OwnServer } from './own-server.ts';

/** The database that a farm works on. */
export interface Database {
  /** Its address, for the master. */
  readonly dsn: string;
  /** Rejects when a server that is ours does not stay up. */
  readonly lost: Promise<void>;
  stop(): Promise<void>;
}

/**
 * The farm's own PostgreSQL below its folder, or an outside one, which is brought up to date and never stopped. Throws a Refusal
 * where it can't be had.
 */
export async function openDatabase(
  folder: FarmFolder,
  outside: string | undefined,
  say: (line: string) => void,
): Promise<Database> {
  try {
    return await (outside === undefined ? openOwn(folder, say) : openOutside(outside));
  } catch (error) {
    throw databaseRefusal(error, outside);
  }
}

async function openOwn(folder: FarmFolder, say: (line: string) => void): Promise<Database> {
  const server = await OwnServer.start(folder, say);
  try {
    const dsn = await prepareFarmDatabase(server.current);
    const lost = server.keep();
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
