import type { Logger } from '@piw/host/log';
import { type Dialler, dial } from '@piw/wire/dialler';
import { fromSender, toSender } from '@piw/wire/file-protocol';
import { type DialKeys, keysFor } from '@piw/wire/keys/dial-keys';
import type { KeyError } from '@piw/wire/keys/key-error';
import type { MasterAddress } from '@piw/wire/master-address';
import { fromSlave, type ToSlave, toSlave } from '@piw/wire/slave-protocol';
import { FileSender } from './file-sender.ts';

/** How many chunks wait in memory for a slow network. */
const chunksWaiting = 4;

/** What happens on a line. */
export interface LineWorld {
  connected(line: Line): void;
  disconnected(line: Line): void;
  /** The two don't agree on keys; it is tried again. */
  refused(why: KeyError): void;
  hear(line: Line, message: ToSlave): void;
}

/** The two connections to one master: what is said, and files. */
export class Line {
  readonly address: string;
  readonly sender: FileSender;
  /** What the master at the other end said in its WELCOME; undefined where it hasn't, on this connection. */
  epoch: number | undefined;
  readonly #queue: Dialler<typeof toSlave, typeof fromSlave>;
  readonly #files: Dialler<typeof toSender, typeof fromSender>;
  readonly #world: LineWorld;

  constructor({ slaveQueue, fileQueue }: MasterAddress, keys: DialKeys | undefined, world: LineWorld, log: Logger) {
    this.address = slaveQueue;
    this.#world = world;
    this.#queue = dial({
      ...{ address: slaveQueue, hears: toSlave, says: fromSlave, keys: keysFor(slaveQueue, 'slave', keys) },
      onConnect: () => world.connected(this),
      onDisconnect: () => world.disconnected(this),
      onRefused: (why) => world.refused(why),
    });
    const patience = { patienceMs: Infinity, waiting: chunksWaiting };
    const fileKeys = keysFor(fileQueue, 'file', keys);
    this.#files = dial({ address: fileQueue, hears: toSender, says: fromSender, keys: fileKeys, ...patience });
    this.sender = new FileSender(this.#files, log);
  }

  say(...said: Parameters<Dialler<typeof toSlave, typeof fromSlave>['say']>): Promise<boolean> {
    return this.#queue.say(...said);
  }

  /** Hears the master until the line is closed. */
  async listen(): Promise<void> {
    await Promise.all([this.#listen(), this.sender.listen()]);
  }

  close(): void {
    this.sender.stop();
    this.#queue.close();
    this.#files.close();
  }

  async #listen(): Promise<void> {
    for await (const message of this.#queue) this.#world.hear(this, message);
  }
}
