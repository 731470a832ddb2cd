import { endAttempts } from '@piw/db/end-attempts';
import { inTransaction } from '@piw/db/transaction';
import { type CancelKind, endingOf } from '../drive-slaves/ending.ts';
import type { Office } from './office.ts';

/**
 * Stops attempts by an operator's order. Those of slaves that aren't there end at once: should such a slave come back,
 * it is told to forget them.
 */
export async function stopAttempts(
  { driver, logs, premises }: Pick<Office, 'driver' | 'logs' | 'premises'>,
  attempts: readonly number[],
  kind: Exclude<CancelKind, 'overdue'>,
  why: string,
): Promise<void> {
  const orphans = attempts.filter((attempt) => !driver.cancel(attempt, kind, why));
  const present = new Set(driver.pictures().map(({ task }) => task?.attempt));
  const ends = orphans
    .filter((attempt) => !present.has(attempt))
    .map((attempt) => ({
      ...endingOf({ kind, why, sinceMs: premises.now() }),
      ...{ attempt, steps: null, logBytes: null, files: [] },
    }));
  if (ends.length === 0) return;
  const { pool, bulletin, options } = premises;
  const { woken } = await inTransaction(pool, (tx) => endAttempts(tx, ends, options.periods.leaseMs));
  if (woken.length > 0) bulletin.emit('queue', woken);
  for (const { attempt } of ends) {
    await logs.close(attempt);
    driver.cancel(attempt, kind, why); // its slave may have come back meanwhile
  }
}
