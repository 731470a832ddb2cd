import { attemptState } from '@piw/db/attempt-state';
import { isConnectionError } from '@piw/db/connection-error';
import { type End, type Ended, endAttempts } from '@piw/db/end-attempts';
import { inTransaction } from '@piw/db/transaction';
import { waitForDatabase } from '@piw/db/wait-for-database';
import type { Outcome, Reason } from '@piw/wheel/outcome';
import type { Premises } from '../premises.ts';
import { unstorable } from './ending.ts';

/** How the database says that an attempt ended; null where its lease was gone, and nothing was written. */
export type Told = {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly files: readonly string[];
} | null;

interface Waiting {
  readonly end: End;
  readonly settle: (told: Told) => void;
  readonly fail: (error: unknown) => void;
}

/** How many ends one transaction takes. */
const atOnce = 100;

/**
 * Tells the database how attempts ended, many in one transaction: what comes while one is under way goes into the next.
 * A database that can't be reached is waited for; a commit whose answer was lost is looked up.
 */
export class EndQueue {
  readonly #premises: Premises;
  readonly #signal: AbortSignal;
  readonly #waiting: Waiting[] = [];
  #telling = false;

  /** Once the signal is aborted, a database that can't be reached isn't waited for any more. */
  constructor(premises: Premises, signal: AbortSignal) {
    this.#premises = premises;
    this.#signal = signal;
  }

  /** Resolves when the database knows; rejects where it was waited for in vain. */
  end(end: End): Promise<Told> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ end, settle, fail });
      if (!this.#telling) void this.#tellAll();
    });
  }

  async #tellAll(): Promise<void> {
    this.#telling = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, atOnce);
      try {
        const told = await this.#tell(batch.map(({ end }) => end));
        for (const { end, settle } of batch) settle(told.get(end.attempt) ?? null);
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#telling = false;
  }

  async #tell(ends: readonly End[]): Promise<ReadonlyMap<number, Told>> {
    for (let isAgain = false; ; isAgain = true) {
      try {
        const told = new Map((await this.#write(ends)).map((ended) => [ended.attempt, toldOf(ended)]));
        return isAgain ? await this.#lookUp(told) : told;
      } catch (error) {
        if (!isConnectionError(error)) return this.#tellSingly(ends, error);
        await this.#waitForDatabase();
      }
    }
  }

  async #write(ends: readonly End[]): Promise<readonly Ended[]> {
    const { pool, bulletin, options } = this.#premises;
    const { ended, woken, places, blame } = await inTransaction(pool, (tx) =>
      endAttempts(tx, ends, options.periods.leaseMs),
    );
    if (blame.slaves.length > 0 || blame.fault !== undefined) bulletin.emit('blame', blame);
    if (woken.length > 0) bulletin.emit('queue', woken, places);
    if (ended.some((one) => one.verdict === 'ended' && one.settles)) bulletin.emit('pages');
    return ended;
  }

  /** What had been committed before the connection broke is fenced at the second time: the database tells how it ended. */
  async #lookUp(told: Map<number, Told>): Promise<ReadonlyMap<number, Told>> {
    for (const [attempt, fenced] of told) {
      const state = fenced === null ? await attemptState(this.#premises.pool, attempt) : undefined;
      if (state?.outcome) told.set(attempt, { outcome: state.outcome, reason: null, files: state.files });
    }
    return told;
  }

  /** One end that the database objects to must not hold up the others, nor be tried for ever. */
  async #tellSingly(ends: readonly End[], cause: unknown): Promise<ReadonlyMap<number, Told>> {
    const [first] = ends;
    if (ends.length === 1 && first) {
      if (first.reason?.text === unstorable.reason?.text) throw cause;
      this.#premises.log.warn({ err: cause }, `attempt ${first.attempt} can't be recorded as its slave tells it`);
      return this.#tell([{ ...first, ...unstorable, files: [] }]);
    }
    const told = new Map<number, Told>();
    for (const end of ends) for (const [attempt, one] of await this.#tell([end])) told.set(attempt, one);
    return told;
  }

  async #waitForDatabase(): Promise<void> {
    const { pool, log } = this.#premises;
    const onWait = (error: Error) => log.warn(`ends of builds wait for the database: ${error.message}`);
    await waitForDatabase(pool, this.#signal, { onWait });
  }
}

const toldOf = (ended: Ended): Told =>
  ended.verdict === 'fenced'
    ? null
    : {
        outcome: ended.outcome,
        reason: ended.reason,
        files: ended.files.filter(({ fate }) => fate !== 'withheld').map(({ filename }) => filename),
      };
