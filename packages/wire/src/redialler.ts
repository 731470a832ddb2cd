import type { Event, Socket } from 'zeromq';
import { connect } from './connect.ts';
import type { Failure } from './keys/not-let-in.ts';

/** A socket that dials and hears. */
type Hearing = Socket & AsyncIterable<Buffer[]>;

export interface RedialOptions<S extends Hearing> {
  readonly address: string;
  /** Makes a socket, not yet connected. */
  readonly make: () => S;
  /** There is a connection, on which both ends agree who they are. */
  readonly onConnect?: (socket: S) => void;
  readonly onDisconnect?: () => void;
  readonly onFailure?: (failure: Failure) => void;
  /** How long after a failure it dials again; default: `againMs`. */
  readonly retryMs?: number | undefined;
}

/** How soon another socket follows one whose other end hung up once, and one that wasn't let in, in milliseconds. */
const soonMs = 250;
export const againMs = 5000;

/**
 * Dials an address for ever. zeromq does that by itself, but for one case: where the two ends don't agree on keys it gives up, or tries
 * ten times a second. Then the socket is replaced by another, at leisure.
 */
export class Redialler<S extends Hearing> implements AsyncIterable<Buffer[]> {
  readonly #options: RedialOptions<S>;
  #socket: S;
  #failures = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #redialled: () => void = () => {};

  /** Throws an AddressError where the address is none. */
  constructor(options: RedialOptions<S>) {
    this.#options = options;
    this.#socket = this.#dial();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What is heard, whichever socket hears it; ends with `close`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer[], void, undefined> {
    while (!this.#closed) {
      const socket = this.#socket;
      yield* socket;
      if (socket === this.#socket && !this.closed) await new Promise<void>((resolve) => (this.#redialled = resolve));
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket.close();
    this.#redialled();
  }

  #dial(): S {
    const socket = this.#options.make();
    void this.#watch(socket);
    connect(socket, this.#options.address);
    return socket;
  }

  async #watch(socket: S): Promise<void> {
    for await (const event of socket.events) if (!this.#closed && !socket.closed) this.#note(socket, event);
  }

  #note(socket: S, event: Event): void {
    const failure = failureOf(event);
    if (failure) this.#fail(socket, failure);
    else if (event.type === 'disconnect') this.#options.onDisconnect?.();
    else if (event.type === 'handshake') {
      this.#failures = 0;
      this.#options.onConnect?.(socket);
    }
  }

  /** A master that is being stopped hangs up too: once is no failure. */
  #fail(socket: S, failure: Failure): void {
    const isSure = ++this.#failures > 1 || failure !== 'hung-up';
    socket.close();
    this.#options.onDisconnect?.();
    this.#timer = setTimeout(
      () => {
        this.#socket = this.#dial();
        this.#redialled();
      },
      isSure ? (this.#options.retryMs ?? againMs) : soonMs,
    );
    if (isSure) this.#options.onFailure?.(failure);
  }
}

function failureOf(event: Event): Failure | undefined {
  switch (event.type) {
    case 'handshake:error:auth':
      return 'denied';
    case 'handshake:error:protocol':
      return 'mismatch';
    case 'handshake:error:other':
      return 'hung-up';
    default:
      return undefined;
  }
}
