import type { Given } from '@piw/operator/order';
import type { Monitor } from './monitor.ts';

/** An order as it waits to be given. */
export interface Order {
  /** `pause rock-1`, `kill 3 slaves`. */
  readonly words: string;
  /** What it does, where that asks for a second thought: a question that `y` answers. */
  readonly doubt: Doubt | null;
  /** Whether a reason is asked for: it may be left out, or must be given; null: none. */
  readonly reason: 'may' | 'must' | null;
  readonly give: (why: string | null) => readonly Given[];
}

/** A question; where it tells of what is so at this moment, made anew from that until it is answered. */
export type Doubt = string | ((monitor: Monitor) => string);

/** What is asked before an order is given. */
export const questionOf = ({ doubt }: Order, monitor: Monitor): string =>
  typeof doubt === 'function' ? doubt(monitor) : (doubt ?? '');
