import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from '@piw/db/connection-error';
import { nextEpoch, readFarm } from '@piw/db/farm';
import { takeMasterLock } from '@piw/db/master-lock';
import type { Queryable } from '@piw/db/queryable';
import { requireSchema } from '@piw/db/schema-version';
import { waitForDatabase } from '@piw/db/wait-for-database';
import { Refusal } from '@piw/host/operator-error';
import type { Premises } from './premises.ts';

/** A connection of the pool that is kept; `release(true)` closes it. */
interface Connection extends Queryable {
  release(close?: boolean): void;
  on(event: 'end' | 'error', listener: () => void): unknown;
}

/** What becoming active needs; `everyMs` is how often a master that stands by tries. */
export interface Candidacy extends Pick<Premises, 'pool' | 'log'> {
  readonly everyMs: number;
}

/**
 * Waits for the database, then until no other master is active on it. Throws a SchemaMismatchError where the schema isn't
 * ours, and the signal's reason when it is aborted.
 */
export async function becomeActive(candidacy: Candidacy, signal: AbortSignal): Promise<Activity> {
  const connection = await lockWhenReachable(candidacy, signal);
  try {
    return new Activity(candidacy, connection, await nextEpoch(connection));
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

/** Being the one active master of a database, by a lock that one connection holds. */
export class Activity {
  /** Its number; every other master that becomes active has a higher one. */
  readonly epoch: number;
  readonly #candidacy: Candidacy;
  #connection: Connection | undefined;

  constructor(candidacy: Candidacy, connection: Connection, epoch: number) {
    this.#candidacy = candidacy;
    this.#connection = connection;
    this.epoch = epoch;
  }

  /**
   * Runs until the signal says stop. A connection that breaks has lost the lock: it is taken again, and a Refusal is thrown
   * as soon as another master is known to have been quicker.
   */
  async keep(signal: AbortSignal): Promise<void> {
    while (this.#connection && (await breaks(this.#connection, signal))) {
      this.#candidacy.log.warn('the connection that holds the master lock broke; taking the lock again');
      this.resign();
      this.#connection = await lockWhenReachable(this.#candidacy, signal, (epoch) => {
        if (epoch !== this.epoch)
          throw new Refusal('Another master has become active on this database.', 'Start this one again to stand by.');
      });
    }
  }

  /** Lets another master become active. */
  resign(): void {
    this.#connection?.release(true);
    this.#connection = undefined;
  }
}

/** `judge` is told at each try which epoch it is; what it throws ends the trying. */
async function lockWhenReachable(
  { pool, log, everyMs }: Candidacy,
  signal: AbortSignal,
  judge: (epoch: number) => void = () => undefined,
): Promise<Connection> {
  let complaint = '';
  const onWait = ({ message }: Error) => {
    if (message !== complaint) log.warn(`waiting for the database: ${message}`);
    complaint = message;
  };
  for (let told = false; ; ) {
    await waitForDatabase(pool, signal, { onWait });
    await requireSchema(pool);
    const connection = await tryLock(pool, judge);
    if (connection) return connection;
    if (!told) log.info('another master is active on this database; standing by');
    told = true;
    await pause(everyMs, undefined, { signal });
  }
}

/** Undefined where another master has it, or the database went away in between. */
async function tryLock(pool: Premises['pool'], judge: (epoch: number) => void): Promise<Connection | undefined> {
  let connection: Connection | undefined;
  try {
    connection = await pool.connect();
    const isTaken = await takeMasterLock(connection);
    judge((await readFarm(connection)).epoch);
    if (isTaken) return connection;
    connection.release();
  } catch (error) {
    connection?.release(true);
    if (!isConnectionError(error)) throw error;
  }
  return undefined;
}

/** True when the connection breaks, false when the signal says stop. */
const breaks = (connection: Connection, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const stop = () => resolve(false);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    connection.on('end', () => resolve(true));
    connection.on('error', () => resolve(true));
  });
