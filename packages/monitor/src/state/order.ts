import type { Answer, ControlType, Question } from '@piw/wire/control-protocol';

export type Done = Answer<'PAUSE'>;

/** Orders that are answered with what was done and what was refused. */
export type OrderName = { [K in ControlType]: Answer<K> extends Done ? K : never }[ControlType];

/** What is ordered, in the words of the protocol. */
export type Given = { [K in OrderName]: { readonly name: K; readonly ask: Question<K> } }[OrderName];

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
