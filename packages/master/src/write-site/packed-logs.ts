import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type LogPart, packedSize } from './read-log.ts';

/** A log is read from front to back, part by part: so many readers may be in the middle of one, the latest. */
const mostReaders = 4;

/** Packed logs, each part of which is unpacked once for who reads them from front to back. */
export class PackedLogs {
  readonly #readers: Reader[] = [];

  /** A part of a packed log; undefined where there is none. */
  async read(path: string, offset: number, limit: number): Promise<LogPart | undefined> {
    const sizeBytes = await packedSize(path);
    if (sizeBytes === undefined) return undefined;
    const end = Math.min(offset + limit, sizeBytes);
    if (offset >= end) return { bytes: new Uint8Array(), sizeBytes, ended: true };
    const reader = this.#take(path, offset);
    const bytes = await reader.readTo(offset, end);
    if (end === sizeBytes) reader.close();
    else this.#keep(reader);
    return { bytes, sizeBytes, ended: true };
  }

  /** One that stands where the part begins, else a new one. */
  #take(path: string, offset: number): Reader {
    const index = this.#readers.findIndex((reader) => reader.path === path && reader.at === offset);
    const [found] = index < 0 ? [] : this.#readers.splice(index, 1);
    return found ?? new Reader(path);
  }

  #keep(reader: Reader): void {
    this.#readers.push(reader);
    if (this.#readers.length > mostReaders) this.#readers.shift()?.close();
  }
}

/** An unpacking of one log, and how far it is. */
class Reader {
  readonly path: string;
  readonly #stream: NodeJS.ReadableStream & { destroy(): unknown };
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(path: string) {
    this.path = path;
    this.#stream = pipeline(createReadStream(path), createGunzip(), () => undefined);
    this.#chunks = this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Where it goes on. */
  get at(): number {
    return this.#at;
  }

  /** The text between two places, the first not before where it is; less where the log is shorter than it says. */
  async readTo(from: number, to: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    while (this.#at < to) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done) break;
        this.#rest = next.value;
      }
      const taken = this.#rest.subarray(0, to - this.#at);
      parts.push(taken.subarray(Math.max(from - this.#at, 0)));
      this.#at += taken.length;
      this.#rest = this.#rest.subarray(taken.length);
    }
    return Buffer.concat(parts);
  }

  close(): void {
    this.#stream.destroy();
  }
}
