import { setTimeout as delay } from 'node:timers/promises';
import { knock } from '@piw/operator/knock';

const everyMs = 25;

/**
 * Resolves when somebody listens at an ipc address; rejects when the signal says stop. Who dials too early tries again after pauses
 * that double: a farm that starts would wait for seconds for a master that is long there.
 */
export async function untilHeard(address: string, signal: AbortSignal): Promise<void> {
  while ((await knock(address)) !== null) await delay(everyMs, undefined, { signal });
}
