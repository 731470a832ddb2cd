import { open } from 'node:fs/promises';
import type { Logger } from '@piw/host/log';
import type { Dialler } from '@piw/wire/dialler';
import { chunkBytes, type fromSender, type toSender } from '@piw/wire/file-protocol';
import { ChunkWindow } from './chunk-window.ts';

interface Transfer {
  readonly ticket: Uint8Array;
  /** Chunks under its ticket were sent before. */
  readonly isRepeated: boolean;
  readonly stop: AbortController;
  /** The master has all bytes before it. */
  got: number;
  /** The master has more, or the transfer was stopped. */
  wake: () => void;
}

/** Sends files on the file queue: 1 MiB chunks, eight on their way, as the master's tickets ask for them. */
export class FileSender {
  readonly #queue: Dialler<typeof toSender, typeof fromSender>;
  readonly #log: Logger;
  /** What is under way, by path. */
  readonly #transfers = new Map<string, Transfer>();

  constructor(queue: Dialler<typeof toSender, typeof fromSender>, log: Logger) {
    this.#queue = queue;
    this.#log = log;
  }

  /** Hears how far transfers have come, until the queue is closed. */
  async listen(): Promise<void> {
    for await (const { body } of this.#queue) {
      const transfer = this.#byTicket(body.ticket);
      if (!transfer) continue;
      transfer.got = Math.max(transfer.got, body.offset);
      transfer.wake();
    }
  }

  /** Sends a file from an offset under a ticket, in place of what was under way of that file. */
  send(path: string, offset: number, ticket: Uint8Array): void {
    const former = this.#transfers.get(path);
    const isRepeated = former !== undefined && isSame(former.ticket, ticket);
    this.#stop(path);
    const transfer: Transfer = {
      ...{ ticket, isRepeated, got: offset },
      ...{ stop: new AbortController(), wake: () => undefined },
    };
    this.#transfers.set(path, transfer);
    this.#run(path, offset, transfer).catch((error: unknown) => {
      // The master asks again after a silence; what becomes of a file that it can't have is its decision.
      this.#log.warn({ err: error }, `sending ${path} failed`);
    });
  }

  /** Stops whatever is under way. */
  stop(): void {
    for (const path of [...this.#transfers.keys()]) this.#stop(path);
  }

  async #run(path: string, from: number, transfer: Transfer): Promise<void> {
    const { ticket, stop, isRepeated } = transfer;
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const window = new ChunkWindow(ticket, Math.min(chunkBytes, size - from), isRepeated);
      for (let offset = from; await mayGoOn(transfer, window); ) {
        const frame = window.next();
        const { bytesRead } = await file.read(frame.room, 0, frame.room.length, offset);
        if (bytesRead === 0) return;
        if (!(await this.#queue.sayPacked(frame.packed(offset, bytesRead), { signal: stop.signal }))) return;
        offset += bytesRead;
        window.sent(offset);
      }
    } finally {
      await file.close();
    }
  }

  #byTicket(ticket: Uint8Array): Transfer | undefined {
    return [...this.#transfers.values()].find((one) => isSame(one.ticket, ticket));
  }

  #stop(path: string): void {
    const transfer = this.#transfers.get(path);
    if (!transfer) return;
    transfer.stop.abort();
    transfer.wake();
    this.#transfers.delete(path);
  }
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Waits until fewer than eight chunks are on their way; false once the transfer was stopped. */
async function mayGoOn(transfer: Transfer, window: ChunkWindow): Promise<boolean> {
  const { signal } = transfer.stop;
  while (!signal.aborted && !window.hasRoom(transfer.got))
    await new Promise<void>((resolve) => (transfer.wake = resolve));
  return !signal.aborted;
}
