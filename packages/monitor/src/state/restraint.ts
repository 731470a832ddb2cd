import { restraintOf } from '@piw/operator/restraint';
import { answerTo, type Wish, wish } from './look.ts';
import type { Monitor } from './monitor.ts';

/** Asked again now and then: keys change hands. */
export const standingWish: Wish = wish('STANDING', {}, 60_000);

/** Why no orders are given from here: it was started so, or the key lets its holder look only. Null where they are. */
export function restraint({ readonly, looks }: Monitor): string | null {
  if (readonly !== null) return readonly;
  const standing = answerTo(looks, 'STANDING', {});
  return standing ? restraintOf(standing) : null;
}

/** What is told who wants to give an order. */
export const noOrders = (restrained: string): string => `No orders from here: ${restrained}.`;
