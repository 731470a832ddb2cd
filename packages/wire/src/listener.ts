import { setImmediate as nextTurn } from 'node:timers/promises';
import { Router } from 'zeromq';
import { bind } from './bind.ts';
import { isAboutAdmission } from './keys/admission.ts';
import { Allowance } from './keys/allowance.ts';
import type { Holder } from './keys/authorized-keys.ts';
import type { Doorkeeper } from './keys/doorkeeper.ts';
import { needsKeys } from './keys/gate-address.ts';
import { type Gate, lockOf } from './keys/gatehouse.ts';
import { LoopTurn } from './loop-turn.ts';
import { sendAtOnce } from './send-at-once.ts';
import { everyBound, everySocket, strangersMaxBytes } from './socket-bounds.ts';
import { type StrayReport, Strays } from './strays.ts';
import { type MessageOf, pack, type Table, unpack } from './table.ts';

/** The name that the ROUTER gave a connection, as hexadecimal; a reconnected peer has a new one. */
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
  /** How many items of CBOR it may hold (default 100,000): a message takes no longer to understand than those do. */
  readonly maxItems?: number;
  /** How many of a peer's messages may wait to be heard (default 100). */
  readonly waiting?: number;
  /** How many may wait to be said to it (default 1000): those of one that does not read are memory. */
  readonly unsaid?: number;
  readonly onStray?: (report: StrayReport) => void;
}

/** After so long others have their turn, however much there is to hear: the database's answers, timers, other sockets; in milliseconds. */
const turnMs = 2;

/**
 * How much of this process's time what comes with one key may take, in milliseconds: half a second at once, then a quarter of it. What is
 * more isn't heard: conversations survive lost messages, and whoever shares a key with that many is better off with several. Files come
 * as fast as they are asked for: a lost piece would cost them seconds.
 */
const [mostMs, msPerSecond] = [500, 250];

/** Opens a ROUTER on an address; throws an AddressError where that can't be. */
export async function listen<Hears extends Table, Says extends Table>(
  options: ListenOptions<Hears, Says>,
): Promise<Listener<Hears, Says>> {
  const { address, gate, maxBytes = strangersMaxBytes, waiting = 100, unsaid = 1000 } = options;
  const socket = new Router({
    ...everySocket,
    ...everyBound,
    ...lockOf(address, gate),
    mandatory: true,
    maxMessageSize: maxBytes,
    receiveHighWaterMark: waiting,
    sendHighWaterMark: unsaid,
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
  readonly #socket: Router;
  readonly #strays: Strays;
  readonly #hears: Hears;
  readonly #says: Says;
  readonly #keeper: Doorkeeper | undefined;
  readonly #attention: Allowance | undefined;
  readonly #maxItems: number | undefined;

  constructor(socket: Router, address: string, options: ListenOptions<Hears, Says>) {
    const { hears, says, gate, maxItems, onStray = () => {} } = options;
    this.address = address;
    this.#maxItems = maxItems;
    this.#keeper = gate && needsKeys(address) ? gate.house.doorkeeper(gate.door) : undefined;
    this.#attention = gate?.door === 'file' ? undefined : new Allowance(mostMs, msPerSecond);
    this.#socket = socket;
    this.#strays = new Strays(onStray);
    this.#hears = hears;
    this.#says = says;
  }

  /** Hands a message to a peer, or drops it at once where the peer is gone, full or not let in; resolves with which, never rejects. */
  say(peer: Peer, message: MessageOf<Says>): Promise<boolean> {
    return this.sayPacked(peer, pack(this.#says, message));
  }

  /** The same of a message that is packed already. */
  sayPacked(peer: Peer, frame: Uint8Array): Promise<boolean> {
    if (!this.isLetIn(peer)) return Promise.resolve(false);
    return sendAtOnce(this.#socket, [Buffer.from(peer, 'hex'), frame]);
  }

  /** Whether a connection is heard, as one of those holders; of one that was, whether it still would be. */
  isLetIn(peer: Peer, as: (holder: Holder) => boolean = () => true): boolean {
    if (!this.#keeper) return true;
    const holder = this.#keeper.holderOf(peer);
    return holder !== undefined && as(holder);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Heard<Hears>, void, undefined> {
    const turn = new LoopTurn(turnMs);
    for await (const parts of this.#socket) {
      const sinceMs = performance.now();
      turn.begin(sinceMs);
      const by = this.#speaker(parts);
      const heard = this.#read(parts, by);
      if (heard) yield heard;
      const nowMs = performance.now();
      if (by) this.#attention?.spend(by.key, nowMs - sinceMs);
      if (turn.isOver(nowMs)) await nextTurn();
    }
  }

  /** Ends the iteration; what was handed over has another second to leave. */
  close(): void {
    this.#socket.close();
    this.#strays.close();
  }

  /** Who says it, by the token before it. */
  #speaker([id, token]: Buffer[]): Holder | undefined {
    return id && token && this.#keeper?.speaker(id.toString('hex'), token);
  }

  #read([id, ...parts]: Buffer[], by: Holder | undefined): Heard<Hears> | undefined {
    try {
      if (!id || !isGiven(id)) throw new Error('a peer that named itself');
      const peer = id.toString('hex');
      if (!this.#keeper) return { peer, by: null, message: this.#unpack(theOnly(parts)) };
      if (!by) {
        this.#askIn(id, peer, parts, this.#keeper);
        return undefined;
      }
      if ((this.#attention?.waitMs(by.key) ?? 0) > 0)
        throw new Error(`more with the key of ${by.label} than there is time for`);
      return { peer, by, message: this.#unpack(theOnly(parts.slice(1))) };
    } catch (error) {
      this.#strays.note((error as Error).message);
      return undefined;
    }
  }

  readonly #unpack = (bytes: Uint8Array): MessageOf<Hears> => unpack(this.#hears, bytes, this.#maxItems);

  /** A message about admission has one frame; any other is heard after the token that its connection was given. */
  #askIn(id: Buffer, peer: Peer, [bytes, ...rest]: Buffer[], keeper: Doorkeeper): void {
    const isAdmission = bytes !== undefined && rest.length === 0 && isAboutAdmission(bytes);
    this.#reply(id, isAdmission ? keeper.answer(peer, bytes) : keeper.challenge(peer));
    if (!isAdmission) throw new Error('a connection that has proved no key');
  }

  #reply(to: Buffer, bytes: Uint8Array | undefined): void {
    if (bytes) void sendAtOnce(this.#socket, [to, bytes]);
  }
}

function theOnly([bytes, ...rest]: Buffer[]): Buffer {
  if (!bytes || rest.length > 0) throw new Error('not a message of one frame');
  return bytes;
}

/** The ROUTER's own names have five bytes, the first of them zero (RFC 28); who names itself might mean to be another. */
const isGiven = (id: Buffer): boolean => id.length === 5 && id[0] === 0;
