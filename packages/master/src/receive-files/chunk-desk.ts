import { setTimeout as pause } from 'node:timers/promises';
import { fromSender, toSender } from '@piw/wire/file-protocol';
import { type Listener, listen } from '@piw/wire/listener';
import type { BuiltFile } from '@piw/wire/vocabulary';
import type { FileRoom } from '../drive-slaves/world.ts';
import type { Premises } from '../premises.ts';
import { Flushes } from './flushes.ts';
import { IncomingFile } from './incoming-file.ts';
import { type Arrival, Transfer } from './transfer.ts';

/** What is asked for, of whom, for which attempt. */
export interface Wish {
  readonly slave: Parameters<FileRoom['receive']>[0];
  readonly attempt: number;
  readonly file: BuiltFile;
  readonly onProgress: () => void;
}

/** Where chunks come in on the file queue; each goes to the transfer whose ticket it shows, or nowhere. */
export class ChunkDesk {
  readonly #premises: Premises;
  readonly #listener: Listener<typeof fromSender, typeof toSender>;
  readonly #flushes = new Flushes();
  readonly #transfers = new Map<string, Transfer>();

  /** Listens on the file queue; throws an AddressError where that can't be. */
  static async open(premises: Premises): Promise<ChunkDesk> {
    const listener = await listen({
      address: premises.options.fileQueue,
      hears: fromSender,
      says: toSender,
      gate: premises.gatehouse?.at('file'),
      onStray: ({ count, example }) => premises.log.warn(`dropped ${count} messages on the file queue: ${example}`),
    });
    return new ChunkDesk(premises, listener);
  }

  private constructor(premises: Premises, listener: Listener<typeof fromSender, typeof toSender>) {
    this.#premises = premises;
    this.#listener = listener;
  }

  get address(): string {
    return this.#listener.address;
  }

  /** Hands on chunks until the signal says stop. */
  async run(signal: AbortSignal): Promise<void> {
    const close = () => this.#listener.close();
    if (signal.aborted) close();
    else signal.addEventListener('abort', close, { once: true });
    for await (const { peer, message } of this.#listener) {
      const { ticket, offset, bytes } = message.body;
      this.#transfers.get(hex(ticket))?.take(offset, bytes, (heldBytes) => {
        void this.#listener.say(peer, { type: 'GOT', body: { ticket, offset: heldBytes } });
      });
    }
  }

  /**
   * Asks a slave for a file with SEND until all of it lies at the path, but not before the disk has room; what a full or
   * broken disk interrupts begins again, from what is there. Rejects with the signal's reason.
   */
  async fetch(wish: Wish, path: string, signal: AbortSignal): Promise<Arrival> {
    const { log, options } = this.#premises;
    for (;;) {
      await this.#untilThereIsRoom(wish, signal);
      try {
        const file = await IncomingFile.open(path, wish.file.sizeBytes, this.#flushes);
        try {
          return await this.#transfer(wish, file, signal);
        } finally {
          await file.close();
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        log.warn(`${wish.file.filename} can't be received, and waits: ${error.message}`);
        wish.onProgress();
        await pause(options.periods.sendAgainMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  async #untilThereIsRoom({ file, onProgress }: Wish, signal: AbortSignal): Promise<void> {
    const { disk, log, options } = this.#premises;
    if (disk.pause) log.info(`${file.filename} waits with its slave for room on the disk`);
    while (disk.pause) {
      onProgress(); // its slave is there and waits: the attempt's deadline moves
      await pause(options.periods.renewMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }

  async #transfer({ slave, attempt, file, onProgress }: Wish, into: IncomingFile, signal: AbortSignal) {
    const { log, options, bulletin } = this.#premises;
    const { filename } = file;
    let heldBytes = into.heldBytes;
    const transfer = new Transfer(into, file, {
      ask: (ticket, offset) => slave.say({ type: 'SEND', body: { attempt, filename, offset, ticket } }),
      onProgress: () => {
        if (into.heldBytes > heldBytes) bulletin.emit('arrived', attempt, into.heldBytes - heldBytes);
        heldBytes = into.heldBytes;
        onProgress();
      },
      warn: (text) => log.warn(`${filename} ${text}`),
      silenceMs: options.periods.sendAgainMs,
    });
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
