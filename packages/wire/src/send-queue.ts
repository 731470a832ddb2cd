import type { MessageLike } from 'zeromq';
import type { Sender } from './outlet.ts';

/** How long a message may wait for a peer that is away or slow, and whether it is still wanted. */
export interface Patience {
  readonly patienceMs?: number;
  readonly signal?: AbortSignal | undefined;
}

interface Letter extends Patience {
  readonly parts: MessageLike[];
  readonly dueMs: number;
  readonly settle: (sent: boolean) => void;
}

/** How soon a message that waits for its peer hears that nobody wants it any more. */
const attemptMs = 250;

/** Sends one message at a time, in their order: zeromq allows one outstanding send, and throws at the second. */
export class SendQueue {
  readonly #socket: Sender;
  readonly #limit: number;
  readonly #letters: Letter[] = [];
  #sending = false;

  /** Of more than `limit` messages that wait, the latest are dropped. */
  constructor(socket: Sender, limit = 256) {
    this.#socket = socket;
    this.#limit = limit;
  }

  /** Resolves with whether the message was handed over within its patience (default: at once or not at all); never rejects. */
  push(parts: MessageLike[], { patienceMs = 0, signal }: Patience = {}): Promise<boolean> {
    if (this.#letters.length >= this.#limit) return Promise.resolve(false);
    return new Promise((settle) => {
      this.#letters.push({ parts, dueMs: performance.now() + patienceMs, signal, settle });
      if (!this.#sending) void this.#sendAll();
    });
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    for (let letter = this.#letters.shift(); letter; letter = this.#letters.shift())
      letter.settle(await this.#handOver(letter));
    this.#sending = false;
  }

  async #handOver({ parts, dueMs, signal }: Letter): Promise<boolean> {
    for (let first = true; !signal?.aborted; first = false) {
      const leftMs = dueMs - performance.now();
      if (leftMs <= 0 && !first) return false;
      try {
        this.#socket.sendTimeout = Math.ceil(Math.min(Math.max(leftMs, 0), attemptMs));
        await this.#socket.send(parts);
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      }
    }
    return false;
  }
}
