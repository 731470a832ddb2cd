import { ripenJobs } from '@piw/db/ripen-jobs';
import type { Premises } from '../premises.ts';
import { restlessly } from '../restlessly.ts';

/** Delays may be written at any time: at least this often the database is asked, in milliseconds. */
const longestMs = 5000;

/** Makes delayed jobs ready when their time has come. */
export const ripen = (premises: Premises, signal: AbortSignal): Promise<void> =>
  restlessly(premises, signal, async () => {
    const { woken, places, nextMs } = await ripenJobs(premises.pool);
    if (woken.length > 0) premises.bulletin.emit('queue', woken, places);
    return nextMs === null ? longestMs : Math.min(longestMs, nextMs);
  });
