import { randomBytes } from 'node:crypto';
import { chunkBytes, chunksInFlight } from '@piw/wire/file-protocol';
import type { IncomingFile } from './incoming-file.ts';

/** What a transfer needs of the world around it. */
export interface Surroundings {
  /** Asks the sender for everything from an offset on. */
  ask(ticket: Uint8Array, offset: number): void;
  /** So many bytes more came and are in the file; none, if the disk had no room for them. */
  onProgress(bytes: number): void;
  warn(text: string): void;
  /** After this long without progress the sender is asked again; milliseconds. */
  readonly silenceMs: number;
}

/** What is to come. */
export interface Announced {
  readonly sizeBytes: number;
  /** In lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** All came and has the hash announced, or it never will. */
export type Arrival = 'whole' | { readonly broken: string };

/** The longest between two questions, as a multiple of the first silence. */
const mostSilence = 8;

/**
 * One file on its way, under a ticket of its own. Chunks in their order are written, others ignored; after silence the
 * sender is asked again, from the length held. A file that comes whole with another hash than announced starts over once.
 */
export class Transfer {
  readonly ticket: Uint8Array = randomBytes(16);
  readonly #file: IncomingFile;
  readonly #announced: Announced;
  readonly #around: Surroundings;
  readonly #waiting: { readonly bytes: Uint8Array; readonly got: (heldBytes: number) => void }[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #startedOver = false;
  #silences = 0;
  #silence: NodeJS.Timeout | undefined;
  #settle: ((arrival: Arrival) => void) | undefined;

  constructor(file: IncomingFile, announced: Announced, around: Surroundings) {
    this.#file = file;
    this.#announced = announced;
    this.#around = around;
  }

  /** Asks until all is here; rejects with the signal's reason once it says stop, and writes nothing afterwards. */
  async arrive(signal: AbortSignal): Promise<Arrival> {
    let stop = () => {};
    try {
      return await new Promise<Arrival>((resolve, reject) => {
        stop = () => reject(signal.reason as Error);
        signal.addEventListener('abort', stop);
        signal.throwIfAborted();
        this.#settle = resolve;
        this.#begin().catch(reject);
      });
    } finally {
      signal.removeEventListener('abort', stop);
      this.#settle = undefined;
      clearTimeout(this.#silence);
      await this.#writing;
    }
  }

  /** A chunk came; `got` is told how much is held now. What comes again is acknowledged again. */
  take(offset: number, bytes: Uint8Array, got: (heldBytes: number) => void): void {
    const { heldBytes } = this.#file;
    const wanted = heldBytes + this.#waitingBytes;
    if (!this.#settle || bytes.length === 0 || offset > wanted) return;
    if (offset < wanted) return got(heldBytes);
    if (offset + bytes.length > this.#announced.sizeBytes)
      return this.#settle({ broken: `more came than the ${this.#announced.sizeBytes} bytes announced` });
    if (this.#waitingBytes + bytes.length > chunksInFlight * chunkBytes) return;
    this.#waiting.push({ bytes, got });
    this.#waitingBytes += bytes.length;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
  }

  async #begin(): Promise<void> {
    if (!(await this.#isWhole())) this.#ask();
  }

  async #writeAll(): Promise<void> {
    try {
      for (let chunk = this.#waiting[0]; chunk && this.#settle; chunk = this.#waiting[0]) {
        await this.#file.append(chunk.bytes);
        this.#waiting.shift();
        this.#waitingBytes -= chunk.bytes.length;
        this.#progress(chunk.bytes.length);
        chunk.got(this.#file.heldBytes);
      }
      await this.#isWhole();
    } catch (error) {
      // A full disk: what waits is asked for again after a silence, as if it were lost.
      this.#around.warn(`can't be written, and waits: ${(error as Error).message}`);
      this.#around.onProgress(0);
      this.#waiting.length = 0;
      this.#waitingBytes = 0;
    }
  }

  #progress(bytes: number): void {
    this.#silences = 0;
    this.#around.onProgress(bytes);
    this.#awaitSilence();
  }

  async #isWhole(): Promise<boolean> {
    const { sizeBytes, sha256 } = this.#announced;
    if (this.#file.heldBytes < sizeBytes) return false;
    if ((await this.#file.sha256()) === sha256) this.#settle?.('whole');
    else if (this.#startedOver) this.#settle?.({ broken: 'it came twice with another SHA-256 than announced' });
    else {
      this.#startedOver = true;
      await this.#file.restart();
      if (this.#settle) this.#ask();
    }
    return true;
  }

  #ask(): void {
    this.#around.ask(this.ticket, this.#file.heldBytes);
    this.#awaitSilence();
  }

  #awaitSilence(): void {
    clearTimeout(this.#silence);
    if (!this.#settle) return;
    const ms = this.#around.silenceMs * Math.min(2 ** this.#silences, mostSilence);
    this.#silence = setTimeout(() => {
      this.#silences += 1;
      this.#ask();
    }, ms);
  }
}
