import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from './connection-error.ts';
import type { Queryable } from './queryable.ts';

/** How to wait: what to do at each failed try, and the milliseconds between them. */
export interface Waiting {
  readonly onWait?: (error: Error) => void;
  readonly everyMs?: number;
}

/**
 * Returns when the database answers: one that can't be reached is waited for, not died of.
 * Throws whatever else is wrong (a password, a missing database), and the signal's reason when it is aborted.
 */
export async function waitForDatabase(db: Queryable, signal: AbortSignal, waiting: Waiting = {}): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    try {
      await db.query({ text: 'select 1' });
      return;
    } catch (error) {
      if (!(error instanceof Error) || !isConnectionError(error)) throw error;
      waiting.onWait?.(error);
    }
    await pause(waiting.everyMs ?? 1000, undefined, { signal });
  }
}
