import { atTheDesk, fromSender, toSender } from '@piw/wire/file-protocol';
import type { Gate } from '@piw/wire/keys/gatehouse';
import { type Listener, listen } from '@piw/wire/listener';
import type { StrayReport } from '@piw/wire/strays';
import { Flushes } from './flushes.ts';
import { IncomingFile } from './incoming-file.ts';
import { type Announced, type Arrival, type Surroundings, Transfer } from './transfer.ts';

/** Where a desk listens, and for whom. */
export interface DeskOptions {
  readonly address: string;
  readonly gate: Gate | undefined;
  readonly onStray: (report: StrayReport) => void;
}

/** A file that is to come, and where it belongs. */
export interface Expected {
  readonly path: string;
  readonly file: Announced;
}

/** Where chunks come in on the file queue; each goes to the transfer whose ticket it shows, or nowhere. */
export class ChunkDesk {
  readonly #listener: Listener<typeof fromSender, typeof toSender>;
  readonly #flushes = new Flushes();
  readonly #transfers = new Map<string, Transfer>();

  /** Listens on the file queue; throws an AddressError where that can't be. */
  static async open(options: DeskOptions): Promise<ChunkDesk> {
    return new ChunkDesk(await listen({ ...options, ...atTheDesk, hears: fromSender, says: toSender }));
  }

  private constructor(listener: Listener<typeof fromSender, typeof toSender>) {
    this.#listener = listener;
  }

  get address(): string {
    return this.#listener.address;
  }

  /** Hands on chunks until it is closed. */
  async run(): Promise<void> {
    for await (const { peer, message } of this.#listener) {
      const { ticket, offset, bytes } = message.body;
      this.#transfers.get(hex(ticket))?.take(offset, bytes, (heldBytes) => {
        void this.#listener.say(peer, { type: 'GOT', body: { ticket, offset: heldBytes } });
      });
    }
  }

  close(): void {
    this.#listener.close();
  }

  /**
   * Has a file asked for until all of it lies at its path, from what is there. Rejects with the signal's reason, and with what the system
   * says where the disk can't take it; nothing is written afterwards.
   */
  async fetch({ path, file }: Expected, around: Surroundings, signal: AbortSignal): Promise<Arrival> {
    const into = await IncomingFile.open(path, file.sizeBytes, this.#flushes);
    try {
      return await this.#transfer(new Transfer(into, file, around), signal);
    } finally {
      await into.close();
    }
  }

  async #transfer(transfer: Transfer, signal: AbortSignal): Promise<Arrival> {
    const ticket = hex(transfer.ticket);
    this.#transfers.set(ticket, transfer);
    try {
      return await transfer.arrive(signal);
    } finally {
      this.#transfers.delete(ticket);
    }
  }
}

const hex = (ticket: Uint8Array): string => Buffer.from(ticket).toString('hex');
