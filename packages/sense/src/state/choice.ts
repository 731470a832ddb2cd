import type { Given } from '@piw/operator/order';

/** What can be chosen, in words that fit behind "are you sure to". */
export interface Choice {
  readonly words: string;
  readonly does: Effect;
  /** Whether it asks first. */
  readonly asks: boolean;
}

/** What is to be done outside of the pixels. */
export type Effect =
  /** `told`: what is told where it was done, the word that matters first. */
  | { readonly do: 'order'; readonly told: string; readonly given: readonly Given[] }
  | { readonly do: 'quit' }
  | { readonly do: 'power'; readonly verb: 'reboot' | 'poweroff' };
