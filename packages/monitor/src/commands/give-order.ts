import type { Monitor } from '../state/monitor.ts';
import { asked, telling } from '../state/notices.ts';
import type { Order } from '../state/order.ts';

import { noOrders, restraint } from '../state/restraint.ts';
import { standing } from '../state/stand.ts';
import { typedLine } from '../state/typed.ts';
import { type Step, stepTo } from './command.ts';

/** An order on its way: a reason is asked for first where it has one, then whether it is meant, then it is given. */
export function giveOrder(before: Monitor, order: Order): Step {
  const monitor = standing(before);
  const restrained = restraint(monitor);
  if (restrained !== null) return stepTo(telling(monitor, 'bad', noOrders(restrained)));
  if (isUnheard(monitor)) return stepTo(unheard(monitor));
  if (order.reason !== null) return stepTo({ ...monitor, prompt: { for: 'reason', typed: typedLine(), order } });
  if (order.doubt !== null) return stepTo({ ...monitor, prompt: { for: 'yes', order } });
  return ordered(monitor, order, null);
}

/** It is given, and that is told until the master has answered. */
export const ordered = (monitor: Monitor, order: Order, why: string | null): Step =>
  isUnheard(monitor)
    ? stepTo({ ...unheard(monitor), prompt: null })
    : [asked({ ...monitor, prompt: null }, order.words), [{ do: 'order', words: order.words, given: order.give(why) }]];

/** What waited for a master to come back would be carried out when nobody thinks of it any more. */
const isUnheard = ({ feed: { board, trouble } }: Monitor): boolean => board === null || trouble !== null;

const unheard = (monitor: Monitor): Monitor => telling(monitor, 'bad', 'Nothing is ordered: the master is not heard.');

/** The order with the reason that was typed; one that must have a reason isn't given without. */
export function reasoned(monitor: Monitor, order: Order, why: string): Step {
  const text = why.trim();
  if (text === '' && order.reason === 'must')
    return stepTo(telling(monitor, 'odd', 'It needs a reason, for those who wonder later.'));
  const known: Order = { ...order, reason: null, give: () => order.give(text === '' ? null : text) };
  return giveOrder({ ...monitor, prompt: null }, known);
}
