import { Dealer } from 'zeromq';
import { Inbox } from './inbox.ts';
import { isAboutAdmission } from './keys/admission.ts';
import { Caller } from './keys/caller.ts';
import { curveOf, type DoorKeys } from './keys/dial-keys.ts';
import type { KeyError } from './keys/key-error.ts';
import { type Failure, notLetIn } from './keys/not-let-in.ts';
import { Outlet } from './outlet.ts';
import { againMs, Redialler } from './redialler.ts';
import { type Patience, SendQueue } from './send-queue.ts';
import { everyDialled, everySocket, mastersMaxBytes } from './socket-bounds.ts';
import { type StrayReport, Strays } from './strays.ts';
import { type MessageOf, pack, type Table, unpack } from './table.ts';

export interface DialOptions<Hears extends Table, Says extends Table> {
  readonly address: string;
  readonly hears: Hears;
  readonly says: Says;
  /** What to be let in with, where the other end has keys. */
  readonly keys?: DoorKeys | undefined;
  /** How long a message waits for a peer that is away or slow; Infinity makes `say` a brake. Default: a second. */
  readonly patienceMs?: number;
  /** How many messages may wait in each direction; default 100. */
  readonly waiting?: number;
  /** Each time that there is a connection, and this end is let in. */
  readonly onConnect?: () => void;
  /** Each time that the connection ends, or this end is let in no more. */
  readonly onDisconnect?: () => void;
  /** Each time that it isn't, with what to do about it; it tries again by itself. */
  readonly onRefused?: (why: KeyError) => void;
  /** How long it waits then; default: five seconds. */
  readonly retryMs?: number;
  readonly onStray?: (report: StrayReport) => void;
}

/** Dials a listener that may be there already, come later, go and come again. Throws where the address is none. */
export const dial = <Hears extends Table, Says extends Table>(
  options: DialOptions<Hears, Says>,
): Dialler<Hears, Says> => new Dialler(options);

/** The end of a conversation that dials. Iterate it to hear the other end; the iteration ends with `close`. */
export class Dialler<Hears extends Table, Says extends Table> implements AsyncIterable<MessageOf<Hears>> {
  readonly address: string;
  readonly #options: DialOptions<Hears, Says>;
  readonly #line: Redialler<Dealer>;
  readonly #outlet = new Outlet();
  readonly #outbox = new SendQueue(this.#outlet);
  readonly #inbox: Inbox<MessageOf<Hears>>;
  readonly #strays: Strays;
  /** The connection that isn't admitted yet, and who gets it admitted. */
  #door: Dealer | undefined;
  readonly #caller: Caller | undefined;

  constructor(options: DialOptions<Hears, Says>) {
    const { address, keys, retryMs = againMs, waiting = 100, onStray = () => {} } = options;
    this.address = address;
    this.#options = options;
    this.#strays = new Strays(onStray);
    this.#inbox = new Inbox(waiting);
    this.#caller = keys && new Caller(keys, this.#callerWorld(), retryMs);
    this.#line = new Redialler({
      ...{ address, retryMs },
      make: () => this.#make(waiting),
      onConnect: (socket) => this.#connected(socket),
      onDisconnect: () => this.#disconnected(),
      onFailure: (failure) => this.#refused(failure),
    });
    void this.#listen();
  }

  /**
   * Resolves with whether a connection took the message within its patience; never rejects.
   * A message is given to nobody but who is there: a listener that comes later doesn't get what went stale.
   */
  say(message: MessageOf<Says>, patience?: Patience): Promise<boolean> {
    return this.sayPacked(pack(this.#options.says, message), patience);
  }

  /** The same of a message that is packed already. */
  sayPacked(frame: Uint8Array, patience?: Patience): Promise<boolean> {
    return this.#outbox.push([frame], { patienceMs: this.#options.patienceMs ?? 1000, ...patience });
  }

  [Symbol.asyncIterator](): AsyncGenerator<MessageOf<Hears>, void, undefined> {
    return this.#inbox[Symbol.asyncIterator]();
  }

  /** Ends the iteration; what was handed over has another second to leave. */
  close(): void {
    this.#caller?.stop();
    this.#outlet.end();
    this.#line.close();
    this.#inbox.close();
    this.#strays.close();
  }

  #make(waiting: number): Dealer {
    const socket = new Dealer({
      ...everySocket,
      ...everyDialled,
      ...curveOf(this.#options.keys),
      // Else zeromq keeps messages for a listener that is away. The price: what arrived but wasn't read when the connection ends is lost.
      immediate: true,
      sendTimeout: 0,
      maxMessageSize: mastersMaxBytes,
      receiveHighWaterMark: waiting,
      sendHighWaterMark: waiting,
    });
    if (!this.#options.keys) this.#outlet.open(socket);
    return socket;
  }

  #connected(socket: Dealer): void {
    this.#door = socket;
    if (this.#caller) this.#caller.knock();
    else this.#options.onConnect?.();
  }

  #disconnected(): void {
    this.#caller?.stop();
    if (this.#caller) this.#shut();
    else this.#options.onDisconnect?.();
  }

  #shut(): void {
    if (this.#outlet.shut()) this.#options.onDisconnect?.();
  }

  #refused(failure: Failure): void {
    this.#options.onRefused?.(notLetIn(this.address, this.#options.keys, failure));
  }

  #callerWorld() {
    return {
      // What can't leave now is said again when the knock is repeated.
      say: (bytes: Uint8Array) => void sendNow(this.#door, bytes),
      shut: () => this.#shut(),
      denied: () => this.#refused('denied'),
      admitted: (token: Uint8Array) => {
        if (!this.#door) return;
        this.#outlet.open(this.#door, token);
        this.#options.onConnect?.();
      },
    };
  }

  async #listen(): Promise<void> {
    for await (const parts of this.#line) {
      const message = this.#read(parts);
      if (message) await this.#inbox.put(message);
    }
  }

  #read([bytes, ...rest]: Buffer[]): MessageOf<Hears> | undefined {
    try {
      if (!bytes || rest.length > 0) throw new Error('not a message of one frame');
      if (!this.#caller || !isAboutAdmission(bytes)) return unpack(this.#options.hears, bytes, Infinity);
      this.#caller.hear(bytes);
      return undefined;
    } catch (error) {
      this.#strays.note((error as Error).message);
      return undefined;
    }
  }
}

async function sendNow(socket: Dealer | undefined, bytes: Uint8Array): Promise<void> {
  try {
    await socket?.send(bytes);
  } catch {
    // It is busy, or there is no connection any more.
  }
}
