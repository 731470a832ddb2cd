import { inTransaction } from '@piw/db/transaction';
import { releaseTrials as release } from '@piw/db/trials';
import type { Premises } from '../premises.ts';
import { restlessly } from '../restlessly.ts';

/** How often, and how long after a start slaves that were here before have to be here again; milliseconds. */
const everyMs = 5000;
const settleMs = 30_000;

/** Gives back to all slaves what one of them was to try, and left, or has tried. */
export function releaseTrials(
  premises: Premises,
  hereIds: () => readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const sinceMs = premises.now() + settleMs;
  return restlessly(premises, signal, async () => {
    if (premises.now() < sinceMs) return everyMs;
    const { woken } = await inTransaction(premises.pool, (tx) => release(tx, hereIds()));
    if (woken.length > 0) premises.bulletin.emit('queue', woken);
    return everyMs;
  });
}
