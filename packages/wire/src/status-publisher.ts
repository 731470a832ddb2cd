import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { XPublisher } from 'zeromq';
import { AddressError } from './address-error.ts';
import { bind } from './bind.ts';
import { type Gate, lockOf } from './keys/gatehouse.ts';
import { sendAtOnce } from './send-at-once.ts';
import { everyBound, everySocket } from './socket-bounds.ts';
import {
  attemptOfTopic,
  type LogEvent,
  logEvents,
  logTopic,
  type StatusEvent,
  statusEvents,
  statusTopic,
  topicOf,
} from './status-protocol.ts';
import { type StrayReport, Strays } from './strays.ts';
import { pack } from './table.ts';

export interface PublishOptions {
  readonly address: string;
  /** The door that it is behind, where the address needs keys. */
  readonly gate?: Gate | undefined;
  /** Somebody begins to follow an attempt's log, or nobody does any more. */
  readonly onWatch?: (attempt: number, watched: boolean) => void;
  readonly onStray?: (report: StrayReport) => void;
}

/** Opens the status queue; throws an AddressError where that can't be. */
export async function openStatus({
  address,
  gate,
  onWatch = () => {},
  onStray = () => {},
}: PublishOptions): Promise<StatusPublisher> {
  const open = (at: string) => publisherAt(at, gate);
  const [socket, bound] = await open(address);
  return new StatusPublisher(socket, bound, { open, onWatch, strays: new Strays(onStray) });
}

async function publisherAt(address: string, gate: Gate | undefined): Promise<[XPublisher, string]> {
  const socket = new XPublisher({
    ...everySocket,
    ...everyBound,
    ...lockOf(address, gate),
    ...{ sendHighWaterMark: 400, maxMessageSize: subscriptionBytes },
  });
  try {
    return [socket, await bind(socket, address)];
  } catch (error) {
    socket.close();
    throw error;
  }
}

interface Opening {
  readonly open: (address: string) => Promise<[XPublisher, string]>;
  readonly onWatch: (attempt: number, watched: boolean) => void;
  readonly strays: Strays;
}

/** The master's end of the status stream. A client that doesn't keep up misses messages, and holds up nobody. */
export class StatusPublisher {
  readonly address: string;
  readonly #opening: Opening;
  readonly #watched = new Set<number>();
  /** Subscriptions, as they are, that the status topic answers. */
  readonly #followed = new Set<string>();
  #socket: XPublisher;
  #closed = false;
  #reopening: Promise<void> = Promise.resolve();

  constructor(socket: XPublisher, address: string, opening: Opening) {
    this.address = address;
    this.#opening = opening;
    this.#socket = socket;
    void this.#hearSubscriptions(socket);
  }

  /** Publishes under the message's own topic, if anybody hears it; never rejects. */
  say(message: StatusEvent | LogEvent): Promise<boolean> {
    const isHeard = message.type === 'LOG' ? this.watched(message.body.attempt) : this.#followed.size > 0;
    if (!isHeard) return Promise.resolve(false);
    return sendAtOnce(this.#socket, [topicOf(message), pack(published, message)]);
  }

  /** Whether anybody follows an attempt's log. */
  watched(attempt: number): boolean {
    return this.#watched.has(attempt);
  }

  /** Cuts all subscribers off; those that are still let in come back. zeromq can't drop one. */
  reopen(): Promise<void> {
    this.#reopening = this.#reopening.then(() => this.#reopen());
    return this.#reopening;
  }

  close(): void {
    this.#closed = true;
    this.#socket.close();
    this.#opening.strays.close();
  }

  readonly #isClosed = (): boolean => this.#closed;

  async #reopen(): Promise<void> {
    if (this.#isClosed()) return;
    this.#socket.close();
    for (const attempt of this.#watched) this.#opening.onWatch(attempt, false);
    this.#watched.clear();
    this.#followed.clear();
    const [socket] = await whenFree(() => this.#opening.open(this.address));
    this.#socket = socket;
    if (this.#isClosed()) socket.close();
    else void this.#hearSubscriptions(socket);
  }

  /** A 1 or a 0 and the topic: the first of all subscribers came to it, or the last has left it (RFC 29). */
  async #hearSubscriptions(socket: XPublisher): Promise<void> {
    let [heard, topicBytes] = [0, 0];
    for await (const [frame] of socket) {
      topicBytes += frame?.[0] === 1 ? frame.length : -(frame?.length ?? 0);
      if (topicBytes > mostTopicBytes) {
        this.#cutOff();
        return;
      }
      const attempt = frame && watchedBy(frame);
      const watched = frame?.[0] === 1;
      if (frame) this.#noteFollower(frame, watched);
      if (attempt !== undefined && this.#note(attempt, watched)) this.#opening.onWatch(attempt, watched);
      if (++heard % subscriptionsAtOnce === 0) await nextTurn();
    }
  }

  /** Whoever plays with topics is among the subscribers, and nobody knows which of them it is. */
  #cutOff(): void {
    const { strays } = this.#opening;
    strays.note('more topics than anybody reads; all subscribers are cut off');
    this.reopen().catch((error: unknown) => strays.note(`it can't be opened again: ${String(error)}`));
  }

  #noteFollower(frame: Buffer, follows: boolean): void {
    if (frame.length > 1 + statusTopic.length) return;
    const topic = frame.toString('latin1', 1);
    if (!follows) this.#followed.delete(topic);
    else if (statusTopic.startsWith(topic)) this.#followed.add(topic);
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

/** zeromq lets go of an address a moment after its socket is closed. */
async function whenFree<T>(open: () => Promise<T>): Promise<T> {
  for (let left = 100; ; left--) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof AddressError && left > 0)) throw error;
      await delay(20);
    }
  }
}

/** The largest message of a subscriber; while it shows its key it says more than a topic needs (some 300 bytes, RFC 26). */
const subscriptionBytes = 400;
/** What all topics together may be long: zeromq keeps a node for each byte, and looks at each when a subscriber goes, for that long doing nothing else. */
const mostTopicBytes = 400_000;
/** Far more logs than people can read; beyond, a client plays. */
const mostWatched = 10_000;
/** Between so many, others have their turn: control is answered whatever comes here. */
const subscriptionsAtOnce = 100;

/** The attempt of a subscription to a log; what is longer than any such topic isn't even read. */
const watchedBy = (frame: Buffer): number | undefined =>
  frame.length > longestLogTopic ? undefined : attemptOfTopic(frame.toString('latin1', 1));
const longestLogTopic = 1 + logTopic(999_999_999_999_999).length;
