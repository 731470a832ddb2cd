import { isConnectionError } from '@piw/db/connection-error';
import type { Ended } from '@piw/db/end-attempts';
import { extendDeadlines, renewLeases } from '@piw/db/leases';
import { sweepLeases } from '@piw/db/sweep-leases';
import { inTransaction } from '@piw/db/transaction';
import type { Premises } from '../premises.ts';

/** What was heard since leases were last renewed. */
export interface HeardOf {
  /** Attempts that their slaves named, or that are being ended. */
  readonly named: Iterable<number>;
  /** Attempts whose files move. */
  readonly moving: Iterable<number>;
}

/** An attempt that was declared lost. */
export type Swept = Extract<Ended, { verdict: 'ended' }>;

/** Renews what was heard of, in one statement; moves the deadlines of what is still being sent. */
export async function renew({ pool, log, options }: Premises, { named, moving }: HeardOf): Promise<void> {
  const { leaseMs, graceMs } = options.periods;
  await unlessUnreachable(log, async () => {
    await extendDeadlines(pool, [...moving], graceMs);
    await renewLeases(pool, [...named], leaseMs);
  });
}

/** Ends what nobody was heard of; returns it, committed. A deaf master declares nobody lost. */
export async function sweep(
  { pool, log, options, bulletin }: Premises,
  deaf: boolean,
  logs: ReadonlyMap<number, number>,
): Promise<readonly Swept[]> {
  const { leaseMs } = options.periods;
  const swept = await unlessUnreachable(log, () =>
    inTransaction(pool, (tx) => sweepLeases(tx, { leaseMs, deaf, logs })),
  );
  if (!swept) return [];
  if (swept.woken.length > 0) bulletin.emit('queue', swept.woken, swept.places);
  return swept.ended.filter((one) => one.verdict === 'ended');
}

/** A database that can't be reached is tried again at the next round. */
async function unlessUnreachable<T>(log: Premises['log'], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && isConnectionError(error))) throw error;
    log.warn(`leases wait for the database: ${error.message}`);
    return undefined;
  }
}
