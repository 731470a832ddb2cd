import { Dealer } from 'zeromq';
import { connect } from './connect.ts';
import { type Patience, SendQueue } from './send-queue.ts';
import { everyDialled, everySocket, mastersMaxBytes } from './socket-bounds.ts';
import { type StrayReport, Strays } from './strays.ts';
import { type MessageOf, pack, type Table, unpack } from './table.ts';

export interface DialOptions<Hears extends Table, Says extends Table> {
  readonly address: string;
  readonly hears: Hears;
  readonly says: Says;
  /** How long a message waits for a peer that is away or slow; Infinity makes `say` a brake. Default: a second. */
  readonly patienceMs?: number;
  /** How many messages may wait in each direction; default 100. */
  readonly waiting?: number;
  /** Each time that there is a connection. */
  readonly onConnect?: () => void;
  readonly onStray?: (report: StrayReport) => void;
}

/** Dials a listener that may be there already, come later, go and come again. Throws where the address is none. */
export const dial = <Hears extends Table, Says extends Table>(
  options: DialOptions<Hears, Says>,
): Dialler<Hears, Says> => new Dialler(options);

/** The end of a conversation that dials. Iterate it to hear the other end; the iteration ends with `close`. */
export class Dialler<Hears extends Table, Says extends Table> implements AsyncIterable<MessageOf<Hears>> {
  readonly address: string;
  readonly #socket: Dealer;
  readonly #outbox: SendQueue;
  readonly #strays: Strays;
  readonly #hears: Hears;
  readonly #says: Says;
  readonly #patienceMs: number;

  constructor({
    address,
    hears,
    says,
    waiting = 100,
    patienceMs = 1000,
    onConnect,
    onStray,
  }: DialOptions<Hears, Says>) {
    this.address = address;
    this.#hears = hears;
    this.#says = says;
    this.#patienceMs = patienceMs;
    this.#strays = new Strays(onStray ?? (() => {}));
    this.#socket = new Dealer({
      ...everySocket,
      ...everyDialled,
      // Else zeromq keeps messages for a listener that is away. The price: what arrived but wasn't read when the connection ends is lost.
      immediate: true,
      maxMessageSize: mastersMaxBytes,
      receiveHighWaterMark: waiting,
      sendHighWaterMark: waiting,
    });
    this.#outbox = new SendQueue(this.#socket);
    if (onConnect) void this.#watch(onConnect);
    connect(this.#socket, address);
  }

  /**
   * Resolves with whether a connection took the message within its patience; never rejects.
   * A message is given to nobody but who is there: a listener that comes later doesn't get what went stale.
   */
  say(message: MessageOf<Says>, patience?: Patience): Promise<boolean> {
    return this.#outbox.push([pack(this.#says, message)], { patienceMs: this.#patienceMs, ...patience });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<MessageOf<Hears>, void, undefined> {
    for await (const parts of this.#socket) {
      const message = this.#read(parts);
      if (message) yield message;
    }
  }

  /** Ends the iteration; what was handed over has another second to leave. */
  close(): void {
    this.#socket.close();
    this.#strays.close();
  }

  #read([bytes, ...rest]: Buffer[]): MessageOf<Hears> | undefined {
    try {
      if (!bytes || rest.length > 0) throw new Error('not a message of one frame');
      return unpack(this.#hears, bytes, Infinity);
    } catch (error) {
      this.#strays.note((error as Error).message);
      return undefined;
    }
  }

  async #watch(onConnect: () => void): Promise<void> {
    for await (const event of this.#socket.events) if (event.type === 'handshake') onConnect();
  }
}
