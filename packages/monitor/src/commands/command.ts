import type { Effect } from '../state/event.ts';
import type { Monitor } from '../state/monitor.ts';

/** What comes of something: the monitor after it, and what is to be done. */
export type Step = readonly [Monitor, readonly Effect[]];

/** What an operator can do: by a key, by `:name`, and told of in the help. */
export interface Command {
  readonly name: string;
  readonly keys: readonly string[];
  readonly group: 'Move' | 'Views' | 'List' | 'Log' | 'Orders' | 'Program';
  /** A line of the help. */
  readonly about: string;
  /** A word at the foot of the screen, always or where it is of use. */
  readonly hint?: string | ((monitor: Monitor) => string | undefined);
  /** What follows its name after a `:`. */
  readonly takes?: string;
  /** The words that could follow its name. */
  readonly complete?: (monitor: Monitor) => readonly string[];
  readonly when: (monitor: Monitor) => boolean;
  /** What it is for, in the words of who is told why it can't be done where they are. */
  readonly on?: string;
  /** `words` is what follows its name after a `:`; empty for a key. */
  readonly run: (monitor: Monitor, words: string) => Step;
}

/** Without anything to be done. */
export const stepTo = (monitor: Monitor): Step => [monitor, []];
