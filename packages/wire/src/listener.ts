import { bind } from './bind.ts';
import { isAboutAdmission } from './keys/admission.ts';
import type { Holder } from './keys/authorized-keys.ts';
import type { Doorkeeper } from './keys/doorkeeper.ts';
import { needsKeys } from './keys/gate-address.ts';
import { type Gate, lockOf } from './keys/gatehouse.ts';
import { type OfConnection, ServerSocket } from './line-sockets.ts';
import { sendAtOnce } from './send-at-once.ts';
import { everyBound, everySocket, strangersMaxBytes } from './socket-bounds.ts';
import { type StrayReport, Strays } from './strays.ts';
import { type MessageOf, pack, type Table, unpack } from './table.ts';

/** The number that the socket gave a connection; a reconnected peer has a new one. */
export type Peer = string;

/** A message, and whose. */
export interface Heard<T extends Table> {
  readonly peer: Peer;
  /** Whose key the connection has proved to be; null on a socket without keys. */
  readonly by: Holder | null;
  readonly message: MessageOf<T>;
}

export interface ListenOptions<Hears extends Table, Says extends Table> {
  readonly address: string;
  readonly hears: Hears;
  readonly says: Says;
  /** The door that it is behind, where the address needs keys. */
  readonly gate?: Gate | undefined;
  /** The largest message that a peer may send; a larger one ends its connection. */
  readonly maxBytes?: number;
  /** How many of a peer's messages may wait to be heard (default 100); a thousand may wait to be said to it. */
  readonly waiting?: number;
  readonly onStray?: (report: StrayReport) => void;
}

/** Listens on an address; throws an AddressError where that can't be. */
export async function listen<Hears extends Table, Says extends Table>(
  options: ListenOptions<Hears, Says>,
): Promise<Listener<Hears, Says>> {
  const { address, gate, maxBytes = strangersMaxBytes, waiting = 100 } = options;
  const socket = new ServerSocket({
    ...everySocket,
    ...everyBound,
    ...lockOf(address, gate),
    maxMessageSize: maxBytes,
    receiveHighWaterMark: waiting,
    sendHighWaterMark: 1000,
  });
  try {
    return new Listener(socket, await bind(socket, address), options);
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** The end of a conversation that many dial. Iterate it to hear them, one message at a time; it ends with `close`. */
export class Listener<Hears extends Table, Says extends Table> implements AsyncIterable<Heard<Hears>> {
  /** As others dial it. */
  readonly address: string;
  readonly #socket: ServerSocket;
  readonly #strays: Strays;
  readonly #hears: Hears;
  readonly #says: Says;
  readonly #keeper: Doorkeeper | undefined;

  constructor(
    socket: ServerSocket,
    address: string,
    { hears, says, gate, onStray = () => {} }: ListenOptions<Hears, Says>,
  ) {
    this.address = address;
    this.#keeper = gate && needsKeys(address) ? gate.house.doorkeeper(gate.door) : undefined;
    this.#socket = socket;
    this.#strays = new Strays(onStray);
    this.#hears = hears;
    this.#says = says;
  }

  /** Hands a message to a peer, or drops it at once where the peer is gone, full or not let in; resolves with which, never rejects. */
  say(peer: Peer, message: MessageOf<Says>): Promise<boolean> {
    if (!this.isLetIn(peer)) return Promise.resolve(false);
    return sendAtOnce(this.#socket, [pack(this.#says, message)], { routingId: Number(peer) });
  }

  /** Whether a connection is heard; of one that was, whether it still would be. */
  isLetIn(peer: Peer): boolean {
    return this.#keeper === undefined || this.#keeper.holderOf(peer) !== undefined;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Heard<Hears>, void, undefined> {
    for await (const [bytes, from] of this.#socket) {
      const heard = this.#read(bytes, from);
      if (heard) yield heard;
    }
  }

  /** Ends the iteration; what was handed over has another second to leave. */
  close(): void {
    this.#socket.close();
    this.#strays.close();
  }

  #read(bytes: Buffer, from: OfConnection): Heard<Hears> | undefined {
    const peer = String(from.routingId);
    try {
      if (this.#keeper && isAboutAdmission(bytes)) {
        this.#reply(from, this.#keeper.answer(peer, bytes));
        return undefined;
      }
      const by = this.#keeper ? this.#keeper.holderOf(peer) : null;
      if (by === undefined) {
        this.#reply(from, this.#keeper?.challenge(peer));
        throw new Error('a connection that has proved no key');
      }
      return { peer, by, message: unpack(this.#hears, bytes) };
    } catch (error) {
      this.#strays.note((error as Error).message);
      return undefined;
    }
  }

  #reply(to: OfConnection, bytes: Uint8Array | undefined): void {
    if (bytes) void sendAtOnce(this.#socket, [bytes], to);
  }
}
