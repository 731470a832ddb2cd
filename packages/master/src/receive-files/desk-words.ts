import type { Holder } from '@piw/wire/keys/authorized-keys';
import type { TurnedAway } from '@piw/wire/keys/gatehouse';
import type { KeyPair } from '@piw/wire/keys/key-pair';
import type { StrayReport } from '@piw/wire/strays';
import type { Announced, Arrival } from './transfer.ts';

/** What the master gives the thread along. */
export interface DeskSettings {
  readonly address: string;
  /** The master's own pair, and who is let in when it begins; null where it has no keys. */
  readonly keys: { readonly own: KeyPair; readonly holders: readonly Holder[] } | null;
  /** A file that doesn't come is asked for again after this, in milliseconds. */
  readonly sendAgainMs: number;
}

/** What the master says: a file is to be fetched to a path; nobody wants it any more; who is let in from now on; stop. */
export type ToDesk =
  | { readonly type: 'fetch'; readonly id: number; readonly path: string; readonly file: Announced }
  | { readonly type: 'forget'; readonly id: number }
  | { readonly type: 'holders'; readonly holders: readonly Holder[] }
  | 'stop';

/** What of one file is told. The last is one of `arrived`, `waits` (the disk can't take it) and `forgotten`: its file is closed then. */
export type FileWord =
  | { readonly type: 'ask'; readonly id: number; readonly ticket: Uint8Array; readonly offset: number }
  | { readonly type: 'progress'; readonly id: number; readonly bytes: number }
  | { readonly type: 'warn'; readonly id: number; readonly text: string }
  | { readonly type: 'arrived'; readonly id: number; readonly arrival: Arrival }
  | { readonly type: 'waits'; readonly id: number; readonly why: string }
  | { readonly type: 'forgotten'; readonly id: number };

/** What the thread says: first whether it listens, then of files and of strangers. */
export type FromDesk =
  | { readonly type: 'open'; readonly address: string }
  | { readonly type: 'refused'; readonly message: string; readonly remedy: string }
  | { readonly type: 'stray'; readonly report: StrayReport }
  | { readonly type: 'turned away'; readonly who: TurnedAway }
  | FileWord;
