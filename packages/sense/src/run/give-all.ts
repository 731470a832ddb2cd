import { type Done, type Given, giveOrder } from '@piw/operator/order';
import type { ControlClient } from '@piw/wire/control-client';

/** Gives orders to a master, one after the other; what came of them all. Throws as `giveOrder`. */
export async function giveAll(control: ControlClient, all: readonly Given[], signal: AbortSignal): Promise<Done> {
  const answers: Done[] = [];
  for (const given of all) answers.push(await giveOrder(control, given, signal));
  return { done: answers.flatMap(({ done }) => done), refused: answers.flatMap(({ refused }) => refused) };
}
