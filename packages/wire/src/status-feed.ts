import { setTimeout as delay } from 'node:timers/promises';
import type { ControlClient } from './control-client.ts';
import { advance, type Board, boardOf, placeOf } from './status-board.ts';
import { type StatusEvent, statusEvents, statusTopic } from './status-protocol.ts';
import { type Subscriber, subscribe } from './subscriber.ts';

/** What a client may draw. */
export interface FeedView {
  /** The farm as last heard of; null before the first snapshot. */
  readonly board: Board | null;
  /** When the master was last heard, by this machine's clock; null before. */
  readonly heardMs: number | null;
  /** Why there is no current board; null while the stream is followed. */
  readonly trouble: Error | null;
}

export interface StatusFeedOptions {
  readonly statusAddress: string;
  readonly control: ControlClient;
  /** Called when the view changed, at most once in `batchMs` (default 100 ms). */
  readonly onChange: (view: FeedView) => void;
  readonly batchMs?: number;
  /** After a silence as long as this the snapshot is asked for again (default 10 s). */
  readonly quietMs?: number;
  /** How long after a failed question the next one (default 1 s). */
  readonly retryMs?: number;
  readonly now?: () => number;
}

/**
 * Follows the farm until the signal: subscribes, asks control for a snapshot, applies what is newer. After a gap, a new epoch or
 * a silence (or nothing but events older than the board: it may be another master's) it asks again; it waits for ever for a master that is away. Throws only where the address is none.
 */
export async function followStatus(options: StatusFeedOptions, signal: AbortSignal): Promise<void> {
  const events = subscribe({
    address: options.statusAddress,
    topic: statusTopic,
    hears: statusEvents,
    keys: options.control.keys,
  });
  try {
    await new StatusFeed(options, events).follow(signal);
  } finally {
    events.close();
  }
}

class StatusFeed {
  readonly #options: StatusFeedOptions;
  readonly #events: Subscriber<typeof statusEvents>;
  /** When the board last changed, by a clock of its own: events that are all older than it are as good as none. */
  #newsMs = 0;
  #view: FeedView = { board: null, heardMs: null, trouble: null };

  constructor(options: StatusFeedOptions, events: Subscriber<typeof statusEvents>) {
    this.#options = options;
    this.#events = events;
  }

  async follow(signal: AbortSignal): Promise<void> {
    const { batchMs = 100, quietMs = usualQuietMs, retryMs = 1000 } = this.#options;
    while (!signal.aborted) {
      const current = await this.#ask(signal);
      await rest(current ? batchMs : retryMs, signal);
      while (current && this.#apply(await this.#events.take(quietMs, signal))) await rest(batchMs, signal);
    }
  }

  /** The events that come meanwhile wait in the subscriber. */
  async #ask(signal: AbortSignal): Promise<boolean> {
    try {
      const snapshot = await this.#options.control.ask('SNAPSHOT', {}, { timeoutMs: askMs, signal });
      this.#newsMs = performance.now();
      this.#show({ board: boardOf(snapshot), heardMs: this.#now(), trouble: null });
      return true;
    } catch (error) {
      if (!signal.aborted) this.#show({ ...this.#view, trouble: error as Error });
      return false;
    }
  }

  /** Whether the board is current after them; none at all is a silence. */
  #apply(events: readonly StatusEvent[]): boolean {
    const { quietMs = usualQuietMs } = this.#options;
    const before = this.#view.board;
    let board = before;
    if (!board || events.length === 0) return false;
    for (const event of events) {
      if (placeOf(board, event) === 'gap') return false;
      board = advance(board, event);
    }
    if (board !== before) this.#newsMs = performance.now();
    this.#show({ board, heardMs: this.#now(), trouble: null });
    return performance.now() - this.#newsMs < quietMs;
  }

  #show(view: FeedView): void {
    this.#view = view;
    this.#options.onChange(view);
  }

  readonly #now = (): number => (this.#options.now ?? Date.now)();
}

const usualQuietMs = 10_000;

/** A master that is there answers in far less. */
const askMs = 3000;

/** Waits, at most until the signal. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined);
