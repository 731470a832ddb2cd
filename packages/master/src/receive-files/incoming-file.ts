import { createHash, type Hash } from 'node:crypto';
import { constants, type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Flushes } from './flushes.ts';

/** How much of a file may lie in memory before it is brought to the disk. */
const flushBytes = 16 << 20;

/**
 * A file that grows from its beginning and is hashed as it comes; what a former master received of it is kept. It goes to the disk while it
 * comes: all at once, at the end, would keep its wheel, and whoever else waits for the disk then, the database among them.
 */
export class IncomingFile {
  readonly #file: FileHandle;
  readonly #flushes: Pick<Flushes, 'begin'>;
  #hash: Hash = createHash('sha256');
  #heldBytes = 0;
  #flushedBytes = 0;
  #flushing: Promise<void> | undefined;
  /** What kept the disk from taking what is held; null where that went well. */
  #fault: { readonly why: unknown } | null = null;

  /** Opens what is there, at most `mostBytes` of it, or begins with nothing. Rejects with the system's errors. */
  static async open(path: string, mostBytes: number, flushes: Pick<Flushes, 'begin'>): Promise<IncomingFile> {
    await mkdir(dirname(path), { recursive: true });
    const incoming = new IncomingFile(await open(path, constants.O_RDWR | constants.O_CREAT), flushes);
    await incoming.#readHeld(mostBytes);
    return incoming;
  }

  private constructor(file: FileHandle, flushes: Pick<Flushes, 'begin'>) {
    this.#file = file;
    this.#flushes = flushes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Adds bytes at the end. Where that fails, as on a full disk, the file holds what it held before, or nothing where the disk lost some of it. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.#throwFault();
    const hash = this.#hash.copy();
    const writing = this.#write(bytes);
    hash.update(bytes); // while another thread writes
    await writing;
    this.#hash = hash;
    this.#heldBytes += bytes.length;
    if (this.#heldBytes - this.#flushedBytes >= flushBytes) this.#flush();
  }

  /** Forgets all that came. */
  async restart(): Promise<void> {
    await this.#file.truncate(0);
    this.#hash = createHash('sha256');
    this.#heldBytes = 0;
    this.#flushedBytes = 0;
  }

  /** The SHA-256 of what is held, in hexadecimal digits. Rejects where the disk didn't take some of it, which is all forgotten then. */
  async sha256(): Promise<string> {
    await this.#flushing;
    await this.#throwFault();
    return this.#hash.copy().digest('hex');
  }

  /** Rejects, as `sha256` does, where the disk didn't take what nobody asked about since. */
  async close(): Promise<void> {
    try {
      await this.#flushing;
      await this.#throwFault();
    } finally {
      await this.#file.close();
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.length; ) {
      const position = this.#heldBytes + written;
      written += (await this.#file.write(bytes, written, bytes.length - written, position)).bytesWritten;
    }
  }

  #flush(): void {
    const heldBytes = this.#heldBytes;
    const flushing = this.#flushes.begin(() => this.#file.datasync());
    if (!flushing) return;
    this.#flushedBytes = heldBytes;
    this.#flushing = flushing.catch((why: unknown) => {
      this.#fault = { why };
    });
  }

  /** A system tells once that it lost what it was to write, and nobody knows what that was. */
  async #throwFault(): Promise<void> {
    const fault = this.#fault;
    if (!fault) return;
    await this.restart();
    this.#fault = null;
    throw fault.why;
  }

  async #readHeld(mostBytes: number): Promise<void> {
    const { size } = await this.#file.stat();
    if (size > mostBytes) return this.restart();
    if (size === 0) return;
    for await (const bytes of this.#file.createReadStream({ start: 0, autoClose: false })) {
      this.#hash.update(bytes as Buffer);
      this.#heldBytes += (bytes as Buffer).length;
    }
    this.#flushedBytes = this.#heldBytes;
  }
}
