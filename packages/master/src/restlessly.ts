import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionError } from '@piw/db/connection-error';

/** How long the database is left alone after it couldn't be reached, and rests in any case, in milliseconds. */
const retryMs = 1000;
const leastMs = 10;

/** Does a piece of work again and again until the signal says stop; the work tells after how many milliseconds. */
export async function restlessly(
  { log }: { readonly log: { debug(text: string): void } },
  signal: AbortSignal,
  work: () => Promise<number>,
): Promise<void> {
  while (!signal.aborted) {
    const ms = await work().catch((error: unknown) => {
      if (!(error instanceof Error && isConnectionError(error))) throw error;
      log.debug(`the database is waited for: ${error.message}`);
      return retryMs;
    });
    await sleep(Math.max(leastMs, ms), undefined, { signal }).catch(() => undefined);
  }
}
