import { Subscriber as SubSocket } from 'zeromq';
import { curveOf, type DialKeys, keysFor } from './keys/dial-keys.ts';
import { Redialler } from './redialler.ts';
import { everyDialled, everySocket, mastersMaxBytes } from './socket-bounds.ts';
import { type MessageOf, type Table, unpack } from './table.ts';

export interface SubscribeOptions<Hears extends Table> {
  readonly address: string;
  readonly topic: string;
  readonly hears: Hears;
  /** What to be let in with, where the publisher has keys. */
  readonly keys?: DialKeys | undefined;
}

/** Of more messages that nobody took, the oldest go: their reader finds the gap and asks again. */
const mostUntaken = 10_000;

/** Subscribes to a topic of a publisher that may be there already, come later, go and come again. */
export const subscribe = <Hears extends Table>(options: SubscribeOptions<Hears>): Subscriber<Hears> =>
  new Subscriber(options);

/** What a publisher says on one topic, in batches. What isn't in the table is passed over: a newer master says more. */
export class Subscriber<Hears extends Table> {
  readonly #line: Redialler<SubSocket>;
  readonly #hears: Hears;
  #untaken: MessageOf<Hears>[] = [];
  #isCut = false;
  #wake: () => void = () => {};

  constructor({ address, topic, hears, keys }: SubscribeOptions<Hears>) {
    this.#hears = hears;
    const curve = curveOf(keysFor(address, 'status', keys));
    this.#line = new Redialler({
      address,
      make: () => {
        // All that it sends are subscriptions: closed, it has none to deliver.
        const bounds = { linger: 0, maxMessageSize: mastersMaxBytes };
        const socket = new SubSocket({ ...everySocket, ...everyDialled, ...curve, ...bounds });
        socket.subscribe(topic);
        return socket;
      },
      onDisconnect: () => {
        this.#isCut = true;
        this.#wake();
      },
    });
    void this.#listen();
  }

  /** All that came since the last call, in order; waits for the first at most `waitMs`, then tells of none: at once where the publisher has gone. */
  async take(waitMs: number, signal: AbortSignal): Promise<MessageOf<Hears>[]> {
    const mayWait = !this.#isCut && !signal.aborted && !this.#line.closed;
    if (this.#untaken.length === 0 && mayWait) await this.#arrival(waitMs, signal);
    this.#isCut = false;
    const taken = this.#untaken;
    this.#untaken = [];
    return taken;
  }

  /** Whoever waits in `take` is let go. */
  close(): void {
    this.#line.close();
    this.#wake();
  }

  #arrival(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      signal.addEventListener('abort', wake, { once: true });
      this.#wake = wake;
    });
  }

  async #listen(): Promise<void> {
    for await (const [, bytes] of this.#line) {
      const message = bytes && this.#read(bytes);
      if (!message) continue;
      if (this.#untaken.push(message) > mostUntaken) this.#untaken.shift();
      this.#wake();
    }
  }

  #read(bytes: Buffer): MessageOf<Hears> | undefined {
    try {
      return unpack(this.#hears, bytes, Infinity);
    } catch {
      return undefined;
    }
  }
}
