import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { RandomAccessReader } from 'yauzl';

const windowBytes = 256 * 1024;

type Done = (error: Error | null, bytesRead?: number) => void;

/** Lets yauzl read an open file through a window, so that a directory of many small records costs few system calls. */
export class WindowReader extends RandomAccessReader {
  readonly #file: FileHandle;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(file: FileHandle) {
    super();
    this.#file = file;
  }

  override read(target: Buffer, offset: number, length: number, position: number, done: Done): void {
    this.#hold(position, length).then(
      () => {
        const from = position - this.#start;
        done(null, this.#window.copy(target, offset, from, from + length));
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** The handle stays with whoever opened it. */
  override close(done: (error: Error | null) => void): void {
    setImmediate(done, null);
  }

  async #hold(position: number, length: number): Promise<void> {
    if (position >= this.#start && position + length <= this.#start + this.#window.length) return;
    const buffer = Buffer.allocUnsafe(Math.max(length, windowBytes));
    const beyond = !Number.isSafeInteger(position); // an offset that no file has, and that read() would not take
    const { bytesRead } = beyond ? { bytesRead: 0 } : await this.#file.read(buffer, 0, buffer.length, position);
    this.#window = buffer.subarray(0, bytesRead);
    this.#start = position;
  }
}
