import type { Given } from '@piw/operator/order';

/** An order as it waits to be given. */
export interface Order {
  /** `pause rock-1`, `kill 3 slaves`. */
  readonly words: string;
  /** What it does, where that asks for a second thought: a question that `y` answers. */
  readonly doubt: string | null;
  /** Whether a reason is asked for: it may be left out, or must be given; null: none. */
  readonly reason: 'may' | 'must' | null;
  readonly give: (why: string | null) => readonly Given[];
}
