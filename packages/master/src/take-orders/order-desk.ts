import { type ControlServer, openControl } from '@piw/wire/control-server';
import type { Premises } from '../premises.ts';
import { answerersOf } from './answerers.ts';
import type { Office } from './office.ts';
import { ThreadedFinder } from './threaded-finder.ts';

/** The task that answers questions and carries out orders. */
export class OrderDesk {
  readonly #server: ControlServer;
  readonly #finder: Office['finder'];

  /** Listens on the control queue; throws an AddressError where that can't be. Nobody is answered before `run`. */
  static async open(
    premises: Premises,
    others: Omit<Office, 'premises' | 'finder'>,
    finder: Office['finder'] = threadedFinder(premises),
  ): Promise<OrderDesk> {
    const { options, log } = premises;
    const server = await openControl({
      address: options.controlQueue,
      gate: premises.gatehouse?.at('control'),
      answerers: answerersOf({ premises, finder, ...others }),
      onBug: (question, error) => log.error({ err: error }, `${question} failed`),
      onStray: ({ count, example }) => log.warn(`dropped ${count} messages on the control queue: ${example}`),
    });
    return new OrderDesk(server, finder);
  }

  private constructor(server: ControlServer, finder: Office['finder']) {
    this.#server = server;
    this.#finder = finder;
  }

  /** As clients dial it. */
  get address(): string {
    return this.#server.address;
  }

  /** Answers until the signal says stop; what was begun is answered, but no index is waited for. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = () => this.#finder.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    await this.#server.run(signal);
  }
}

const threadedFinder = ({ options: { indexUrl }, log }: Premises): ThreadedFinder =>
  new ThreadedFinder({ indexUrl, path: process.env['PATH'] ?? '', log });
