import { createHash, type Hash } from 'node:crypto';
import { constants, type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that grows from its beginning and is hashed as it comes; what a former master received of it is kept. */
export class IncomingFile {
  readonly #file: FileHandle;
  #hash: Hash = createHash('sha256');
  #heldBytes = 0;

  /** Opens what is there, at most `mostBytes` of it, or begins with nothing. Rejects with the system's errors. */
  static async open(path: string, mostBytes: number): Promise<IncomingFile> {
    await mkdir(dirname(path), { recursive: true });
    const incoming = new IncomingFile(await open(path, constants.O_RDWR | constants.O_CREAT));
    await incoming.#readHeld(mostBytes);
    return incoming;
  }

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Adds bytes at the end. Where that fails, as on a full disk, the file holds what it held before. */
  async append(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.length; ) {
      const position = this.#heldBytes + written;
      written += (await this.#file.write(bytes, written, bytes.length - written, position)).bytesWritten;
    }
    this.#hash.update(bytes);
    this.#heldBytes += bytes.length;
  }

  /** Forgets all that came. */
  async restart(): Promise<void> {
    await this.#file.truncate(0);
    this.#hash = createHash('sha256');
    this.#heldBytes = 0;
  }

  /** The SHA-256 of what is held, in hexadecimal digits. */
  sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #readHeld(mostBytes: number): Promise<void> {
    const { size } = await this.#file.stat();
    if (size > mostBytes) return this.restart();
    for await (const bytes of this.#file.createReadStream({ start: 0, autoClose: false })) {
      this.#hash.update(bytes as Buffer);
      this.#heldBytes += (bytes as Buffer).length;
    }
  }
}
