import type { ControlClient } from '@piw/wire/control-client';
import type { Question } from '@piw/wire/control-protocol';
import type { Effect } from '../state/event.ts';
import type { Given, OrderName } from '../state/order.ts';
import type { Store } from './store.ts';

/** An order about everything touches many rows, in milliseconds. */
const orderMs = 60_000;

/** Gives the orders of an effect one after the other, and tells what came of each. */
export async function giveOrders(
  { words, given }: Extract<Effect, { do: 'order' }>,
  { store, control, signal }: { readonly store: Store; readonly control: ControlClient; readonly signal: AbortSignal },
): Promise<void> {
  for (const { name, ask } of given as readonly AnyGiven[]) {
    try {
      const done = await control.ask(name, ask, { timeoutMs: orderMs, signal });
      store.dispatch({ type: 'ORDERED', words, done });
    } catch (error) {
      if (!signal.aborted) store.dispatch({ type: 'ORDER_FAILED', words, trouble: wordsOf(error) });
      return;
    }
  }
}

/** One of them, for a call that takes any: TypeScript can't follow the union. */
type AnyGiven = Given & { readonly ask: Question<OrderName> };

/** What is wrong and what to do about it. */
export function wordsOf(error: unknown): string {
  const { message, remedy } = error as Error & { readonly remedy?: string };
  return remedy === undefined ? message : `${message} ${remedy}`;
}
