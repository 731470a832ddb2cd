import { workOffRequeues } from '@piw/db/work-off-requeues';
import type { Premises } from '../premises.ts';
import { restlessly } from '../restlessly.ts';

/** Big changes are rare: this often the database is asked for one, in milliseconds. */
const everyMs = 5000;

/** Brings the queue up to date with changes that touch so many versions that they are worked off in batches. */
export const workOff = (premises: Premises, signal: AbortSignal): Promise<void> =>
  restlessly(premises, signal, async () => {
    const { woken, more } = await workOffRequeues(premises.pool);
    if (woken.length > 0) premises.bulletin.emit('queue', woken);
    return more ? 0 : everyMs;
  });
