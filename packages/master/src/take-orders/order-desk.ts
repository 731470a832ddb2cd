import { type ControlServer, openControl } from '@piw/wire/control-server';
import { IndexClient } from '../follow-pypi/index-client.ts';
import type { Premises } from '../premises.ts';
import { answerersOf } from './answerers.ts';
import type { Office } from './office.ts';

/** The task that answers questions and carries out orders. */
export class OrderDesk {
  readonly #server: ControlServer;
  readonly #index: IndexClient;

  /** Listens on the control queue; throws an AddressError where that can't be. Nobody is answered before `run`. */
  static async open(premises: Premises, others: Omit<Office, 'premises' | 'index'>): Promise<OrderDesk> {
    const { options, log } = premises;
    const index = new IndexClient({ indexUrl: options.indexUrl, path: process.env['PATH'] ?? '', log });
    const server = await openControl({
      address: options.controlQueue,
      gate: premises.gatehouse?.at('control'),
      answerers: answerersOf({ premises, index, ...others }),
      onBug: (question, error) => log.error({ err: error }, `${question} failed`),
      onStray: ({ count, example }) => log.warn(`dropped ${count} messages on the control queue: ${example}`),
    });
    return new OrderDesk(server, index);
  }

  private constructor(server: ControlServer, index: IndexClient) {
    this.#server = server;
    this.#index = index;
  }

  /** As clients dial it. */
  get address(): string {
    return this.#server.address;
  }

  /** Answers until the signal says stop; what was begun is answered, but no index is waited for. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = () => this.#index.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    await this.#server.run(signal);
  }
}
