import { touchSlaves } from '@piw/db/slaves';
import { restlessly } from '../restlessly.ts';
import type { Sessions } from './sessions.ts';

/** Notes now and then in the database which slaves were heard since. */
export function noteSeen({ premises, registry }: Sessions, signal: AbortSignal): Promise<void> {
  const { seenMs } = premises.options.periods;
  return restlessly(premises, signal, async () => {
    const heard = [...registry.all()].filter(({ heardMs }) => premises.now() - heardMs < seenMs);
    await touchSlaves(
      premises.pool,
      heard.map(({ slaveId }) => slaveId),
    );
    return seenMs;
  });
}
