import { forgetStrangers, touchSlaves } from '@piw/db/slaves';
import { restlessly } from '../restlessly.ts';
import type { Sessions } from './sessions.ts';

/** How many slaves that never built anything the database remembers. */
const strangersKept = 1_000;

/** Notes now and then in the database which slaves were heard since, and forgets whoever came once and did nothing. */
export function noteSeen({ premises, registry }: Sessions, signal: AbortSignal): Promise<void> {
  const { seenMs } = premises.options.periods;
  let sinceMs = 0;
  return restlessly(premises, signal, async () => {
    const heard = [...registry.all()].filter(({ heardMs }) => heardMs >= sinceMs);
    sinceMs = premises.now();
    await touchSlaves(
      premises.pool,
      heard.map(({ slaveId }) => slaveId),
    );
    await forgetStrangers(premises.pool, strangersKept);
    return seenMs;
  });
}
