import { giveOrder } from '@piw/operator/order';
import { wordsOf } from '@piw/operator/trouble';
import type { ControlClient } from '@piw/wire/control-client';
import type { Effect } from '../state/event.ts';
import type { Store } from './store.ts';

/** Gives the orders of an effect one after the other, and tells what came of each. */
export async function giveOrders(
  { words, given }: Extract<Effect, { do: 'order' }>,
  { store, control, signal }: { readonly store: Store; readonly control: ControlClient; readonly signal: AbortSignal },
): Promise<void> {
  for (const one of given) {
    try {
      const done = await giveOrder(control, one, signal);
      store.dispatch({ type: 'ORDERED', words, done });
    } catch (error) {
      if (!signal.aborted) store.dispatch({ type: 'ORDER_FAILED', words, trouble: wordsOf(error) });
      return;
    }
  }
}
