import { setImmediate as nextTurn } from 'node:timers/promises';
import { XPublisher } from 'zeromq';
import { bind } from './bind.ts';
import { sendAtOnce } from './send-at-once.ts';
import { everyBound, everySocket } from './socket-bounds.ts';
import {
  attemptOfTopic,
  type LogEvent,
  logEvents,
  logTopic,
  type StatusEvent,
  statusEvents,
  topicOf,
} from './status-protocol.ts';
import { pack } from './table.ts';

export interface PublishOptions {
  readonly address: string;
  /** Somebody begins to follow an attempt's log, or nobody does any more. */
  readonly onWatch?: (attempt: number, watched: boolean) => void;
}

/** Opens the status queue; throws an AddressError where that can't be. */
export async function openStatus({ address, onWatch }: PublishOptions): Promise<StatusPublisher> {
  const socket = new XPublisher({ ...everySocket, ...everyBound, sendHighWaterMark: 400, maxMessageSize: 1024 });
  try {
    return new StatusPublisher(socket, await bind(socket, address), onWatch);
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** The master's end of the status stream. A client that doesn't keep up misses messages, and holds up nobody. */
export class StatusPublisher {
  readonly address: string;
  readonly #socket: XPublisher;
  readonly #watched = new Set<number>();

  constructor(socket: XPublisher, address: string, onWatch: PublishOptions['onWatch']) {
    this.address = address;
    this.#socket = socket;
    void this.#hearSubscriptions(onWatch ?? (() => {}));
  }

  /** Publishes under the message's own topic; never rejects. */
  say(message: StatusEvent | LogEvent): Promise<boolean> {
    return sendAtOnce(this.#socket, [topicOf(message), pack(published, message)]);
  }

  /** Whether anybody follows an attempt's log. */
  watched(attempt: number): boolean {
    return this.#watched.has(attempt);
  }

  close(): void {
    this.#socket.close();
  }

  /** A 1 or a 0 and the topic: the first of all subscribers came to it, or the last has left it (RFC 29). */
  async #hearSubscriptions(onWatch: (attempt: number, watched: boolean) => void): Promise<void> {
    let heard = 0;
    for await (const [frame] of this.#socket) {
      const attempt = frame && watchedBy(frame);
      const watched = frame?.[0] === 1;
      if (attempt !== undefined && this.#note(attempt, watched)) onWatch(attempt, watched);
      if (++heard % subscriptionsAtOnce === 0) await nextTurn();
    }
  }

  /** Whether that is news; who is gone makes room, whatever there are. */
  #note(attempt: number, watched: boolean): boolean {
    if (!watched) return this.#watched.delete(attempt);
    if (this.#watched.size >= mostWatched || this.#watched.has(attempt)) return false;
    this.#watched.add(attempt);
    return true;
  }
}

const published = { ...statusEvents, ...logEvents };

/** Far more logs than people can read; beyond, a client plays. */
const mostWatched = 10_000;
/** Between so many, others have their turn: control is answered whatever comes here. */
const subscriptionsAtOnce = 100;

/** The attempt of a subscription to a log; what is longer than any such topic isn't even read. */
const watchedBy = (frame: Buffer): number | undefined =>
  frame.length > longestLogTopic ? undefined : attemptOfTopic(frame.toString('latin1', 1));
const longestLogTopic = 1 + logTopic(999_999_999_999_999).length;
