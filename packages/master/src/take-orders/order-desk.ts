import { type ControlServer, openControl } from '@piw/wire/control-server';
import type { Premises } from '../premises.ts';
import { answerersOf } from './answerers.ts';
import { journalLate } from './late-orders.ts';
import type { Office } from './office.ts';
import { ThreadedFinder } from './threaded-finder.ts';

/** The task that answers questions and carries out orders. */
export class OrderDesk {
  readonly #servers: readonly ControlServer[];
  readonly #finder: Office['finder'];

  /** Listens on the control queues; throws an AddressError where that can't be. Nobody is answered before `run`. */
  static async open(
    premises: Premises,
    others: Omit<Office, 'premises' | 'finder'>,
    finder: Office['finder'] = threadedFinder(premises),
  ): Promise<OrderDesk> {
    const { options, log } = premises;
    const answerers = answerersOf({ premises, finder, ...others });
    const servers: ControlServer[] = [];
    try {
      for (const address of options.controlQueues)
        servers.push(
          await openControl({
            ...{ address, answerers, gate: premises.gatehouse?.at('control') },
            onLate: (late) => void journalLate(premises, late),
            onBug: (question, error) => log.error({ err: error }, `${question} failed`),
            onStray: ({ count, example }) => log.warn(`dropped ${count} messages on the control queue: ${example}`),
          }),
        );
    } catch (error) {
      for (const server of servers) server.close();
      throw error;
    }
    return new OrderDesk(servers, finder);
  }

  private constructor(servers: readonly ControlServer[], finder: Office['finder']) {
    this.#servers = servers;
    this.#finder = finder;
  }

  /** As clients dial them. */
  get addresses(): readonly string[] {
    return this.#servers.map(({ address }) => address);
  }

  /** Answers until the signal says stop; what was begun is answered, but no index is waited for. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = () => this.#finder.stop();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    await Promise.all(this.#servers.map((server) => server.run(signal)));
  }
}

const threadedFinder = ({ options: { indexUrl }, log }: Premises): ThreadedFinder =>
  new ThreadedFinder({ indexUrl, path: process.env['PATH'] ?? '', log });
