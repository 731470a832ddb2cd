import type { ControlType, Question } from '@piw/wire/control-protocol';

/** An order as control takes it. */
export type Given = {
  [K in ControlType]: { readonly name: K; readonly ask: Question<K> };
}[ControlType];

/** What can be chosen, in words that fit behind "are you sure to". */
export interface Choice {
  readonly words: string;
  readonly does: Effect;
  /** Whether it asks first. */
  readonly asks: boolean;
}

/** What is to be done outside of the pixels. */
export type Effect =
  | { readonly do: 'order'; readonly words: string; readonly given: Given }
  | { readonly do: 'quit' }
  | { readonly do: 'power'; readonly verb: 'reboot' | 'poweroff' };
