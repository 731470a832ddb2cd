import { type Dialler, dial } from '@piw/wire/dialler';
import { chunkBytes, fromSender, toSender } from '@piw/wire/file-protocol';
import type { DialKeys } from '@piw/wire/keys/dial-keys';
import type { ToSlave } from '@piw/wire/slave-protocol';

type Send = Extract<ToSlave, { type: 'SEND' }>;

/** A slave's sending half for tests: it sends what it has when it is told to, unless a test has it do otherwise. */
export class FileSender {
  /** The offsets that it was asked for, in order. */
  readonly asked: number[] = [];
  /** What it does with each chunk before it goes; nothing goes where that is undefined. */
  tamper: (bytes: Uint8Array, offset: number) => Uint8Array | undefined = (bytes) => bytes;
  readonly #line: Dialler<typeof toSender, typeof fromSender>;
  readonly #files: ReadonlyMap<string, Uint8Array>;

  constructor(address: string, files: ReadonlyMap<string, Uint8Array>, keys?: DialKeys) {
    this.#line = dial({
      ...{ address, hears: toSender, says: fromSender, patienceMs: 5000, retryMs: 100 },
      keys: keys && { ...keys, door: 'file' },
    });
    this.#files = files;
  }

  /** What the master says on the slave queue. */
  say = ({ body: { filename, offset, ticket } }: Send): void => {
    this.asked.push(offset);
    void this.#send(this.#files.get(filename)!, offset, ticket);
  };

  close(): void {
    this.#line.close();
  }

  async #send(file: Uint8Array, from: number, ticket: Uint8Array): Promise<void> {
    for (let offset = from; offset < file.length; offset += chunkBytes) {
      const bytes = this.tamper(file.subarray(offset, offset + chunkBytes), offset);
      if (bytes) await this.#line.say({ type: 'CHUNK', body: { ticket, offset, bytes } });
    }
  }
}
