import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from '@piw/db/connection-error';
import { nextEpoch, readFarm } from '@piw/db/farm';
import { takeMasterLock } from '@piw/db/master-lock';
import type { Queryable } from '@piw/db/queryable';
import { requireSchema } from '@piw/db/schema-version';
import { waitForDatabase } from '@piw/db/wait-for-database';
import { Refusal } from '@piw/host/operator-error';
import type { Premises } from './premises.ts';
import { untilAborted } from './until-aborted.ts';

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
  for (;;) {
    const connection = await lockWhenReachable(candidacy, signal);
    try {
      return new Activity(candidacy, connection, await nextEpoch(connection));
    } catch (error) {
      connection.release(true);
      if (!isConnectionError(error)) throw error;
    }
  }
}

/** Being the one active master of a database, by a lock that one connection holds. */
export class Activity {
  /** Its number; every other master that becomes active has a higher one. */
  readonly epoch: number;
  readonly #candidacy: Candidacy;
  #connection: Connection | undefined;
  #broken: Promise<true>;

  constructor(candidacy: Candidacy, connection: Connection, epoch: number) {
    this.#candidacy = candidacy;
    this.#connection = connection;
    this.#broken = breaking(connection);
    this.epoch = epoch;
  }

  /**
   * Runs until the signal says stop. A connection that breaks has lost the lock: it is taken again, and a Refusal is thrown
   * as soon as another master is known to have been quicker.
   */
  async keep(signal: AbortSignal): Promise<void> {
    const stopped = untilAborted(signal).then(() => false);
    while (await Promise.race([this.#broken, stopped])) {
      this.#candidacy.log.warn('the connection that holds the master lock broke; taking the lock again');
      this.resign();
      this.#connection = await lockWhenReachable(this.#candidacy, signal, (epoch) => {
        if (epoch !== this.epoch)
          throw new Refusal('Another master has become active on this database.', 'Start this one again to stand by.');
      });
      this.#broken = breaking(this.#connection);
      this.#candidacy.log.info('the master lock is held again');
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
    const tried = await tryLock(pool, judge);
    if (typeof tried === 'object') return tried;
    if (tried === 'taken' && !told) log.info('another master is active on this database; standing by');
    told ||= tried === 'taken';
    await pause(everyMs, undefined, { signal });
  }
}

/** Another master may have it, and the database may go away at any moment, also after it has just answered. */
async function tryLock(
  pool: Premises['pool'],
  judge: (epoch: number) => void,
): Promise<Connection | 'taken' | 'unreachable'> {
  let connection: Connection | undefined;
  try {
    await requireSchema(pool);
    connection = await pool.connect();
    const isTaken = await takeMasterLock(connection);
    judge((await readFarm(connection)).epoch);
    if (isTaken) return connection;
    connection.release();
    return 'taken';
  } catch (error) {
    connection?.release(true);
    if (!isConnectionError(error)) throw error;
    return 'unreachable';
  }
}

/** Resolves when the connection breaks. */
const breaking = (connection: Connection): Promise<true> =>
  new Promise((resolve) => {
    connection.on('end', () => resolve(true));
    connection.on('error', () => resolve(true));
  });
