import { isPlain, type Typing, withCommandsAsTyped } from '@piw/host/as-typed';
import { ControlError } from '@piw/wire/control-error';
import type { Board } from '@piw/wire/status-board';
import type { FeedView } from '@piw/wire/status-feed';
import { oncePer } from './once-per.ts';

/** What the master wrote for people, with the commands in it as they are typed where this program was started. */
export interface AsTyped {
  readonly text: (text: string) => string;
  readonly feed: (feed: FeedView) => FeedView;
  /** Of an answer each `text` and `remedy`. */
  readonly answer: <A>(answer: A) => A;
}

const asItIs: AsTyped = { text: (text) => text, feed: (feed) => feed, answer: (answer) => answer };

/** That, for a program that was started so. */
export function asTypedIn(typing: Typing): AsTyped {
  if (isPlain(typing)) return asItIs;
  const text = (it: string): string => withCommandsAsTyped(it, typing);
  const boardOf = oncePer((board: Board): Board => {
    const entries = [...board.attention].map(([id, one]) => [id, { ...one, remedy: text(one.remedy) }] as const);
    return { ...board, attention: new Map(entries) };
  });
  const troubleOf = (error: Error): Error =>
    error instanceof ControlError ? new ControlError(error.kind, error.message, text(error.remedy)) : error;
  return {
    text,
    feed: (feed) => ({
      ...feed,
      board: feed.board && boardOf(feed.board),
      trouble: feed.trouble && troubleOf(feed.trouble),
    }),
    answer: (answer) => spelt(answer, text),
  };
}

function spelt<A>(value: A, text: (it: string) => string): A {
  if (Array.isArray(value)) return value.map((one: unknown) => spelt(one, text)) as A;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).map(([key, one]: [string, unknown]) =>
    typeof one === 'string' ? [key, key === 'text' || key === 'remedy' ? text(one) : one] : [key, spelt(one, text)],
  );
  return Object.fromEntries(entries) as A;
}
