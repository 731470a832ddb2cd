import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { UnsoundError } from './unsound-error.ts';

/** A read this large costs little, and what is done between two of them holds up nobody for long. */
const windowBytes = 256 * 1024;

/** Reads an open file forwards; `observe` sees every byte once, ahead of who takes it. */
export class SequentialReader {
  readonly #file: FileHandle;
  readonly #observe: (bytes: Uint8Array) => void;
  #window = Buffer.alloc(0);
  #position: number;

  constructor(file: FileHandle, position = 0, observe: (bytes: Uint8Array) => void = () => undefined) {
    this.#file = file;
    this.#position = position;
    this.#observe = observe;
  }

  /** The offset in the file of the next byte to be taken. */
  get position(): number {
    return this.#position;
  }

  /** Exactly the next `length` bytes; they are never overwritten. UnsoundError where the file ends first. */
  async take(length: number): Promise<Buffer> {
    while (this.#window.length < length) await this.#fill(length);
    return this.#cut(length);
  }

  /** The next `length` bytes in pieces of any size; UnsoundError where the file ends first. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (this.#window.length === 0) await this.#fill(1);
      const piece = this.#cut(Math.min(left, this.#window.length));
      left -= piece.length;
      yield piece;
    }
  }

  /** Reads past the next `length` bytes; UnsoundError where the file ends first. */
  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      if (this.#window.length === 0) await this.#fill(1);
      left -= this.#cut(Math.min(left, this.#window.length)).length;
    }
  }

  #cut(length: number): Buffer {
    const piece = this.#window.subarray(0, length);
    this.#window = this.#window.subarray(length);
    this.#position += length;
    return piece;
  }

  async #fill(length: number): Promise<void> {
    const held = this.#window.length;
    const window = Buffer.allocUnsafeSlow(Math.max(windowBytes, length));
    this.#window.copy(window);
    const { bytesRead } = await this.#file.read(window, held, window.length - held, this.#position + held);
    if (bytesRead === 0) throw new UnsoundError('The archive is cut short.');
    this.#window = window.subarray(0, held + bytesRead);
    this.#observe(window.subarray(held, held + bytesRead));
  }
}
