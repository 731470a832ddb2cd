import { type Dialler, dial } from '@piw/wire/dialler';
import type { DoorKeys } from '@piw/wire/keys/dial-keys';
import { fromSlave, type Hello, type ToSlave, toSlave } from '@piw/wire/slave-protocol';
import { SlaveModel } from './slave-model.ts';

/** What the slaves of tests build for. */
export const offer: Hello['targets'][number] = {
  abi: 'cp311',
  platform: 'linux_x86_64',
  tags: ['cp311-cp311-linux_x86_64', 'py3-none-any'],
  python: '3.11',
  implementation: 'cpython',
};

/** A slave by the model, on a real socket; it notes all that it hears. */
export class RemoteSlave {
  readonly model: SlaveModel;
  readonly heard: ToSlave[] = [];
  readonly #line: Dialler<typeof toSlave, typeof fromSlave>;
  #heedless = false;

  constructor(address: string, label: string, targets = [offer], keys?: DoorKeys) {
    this.#line = dial({ address, hears: toSlave, says: fromSlave, keys, patienceMs: 3000 });
    this.model = new SlaveModel((message) => void this.#line.say(message), label, targets);
    void this.#hearAll();
    this.model.hello();
  }

  /** Hears nothing more, as if it hung. */
  hang(): void {
    this.#heedless = true;
  }

  close(): void {
    this.#line.close();
  }

  /** The attempts that it was told to build, in order. */
  get given(): number[] {
    return this.heard.flatMap(({ type, body }) => (type === 'BUILD' ? [body.attempt] : []));
  }

  says(...message: Parameters<Dialler<typeof toSlave, typeof fromSlave>['say']>): void {
    void this.#line.say(...message);
  }

  async #hearAll(): Promise<void> {
    for await (const message of this.#line) {
      if (this.#heedless) continue;
      this.heard.push(message);
      this.model.hear(message);
    }
  }
}
