import { isConnectionError } from '@piw/db/connection-error';
import { Refusal } from '@piw/host/operator-error';
import { type Answerers, type ControlServer, openControl } from '@piw/wire/control-server';
import { IndexClient } from '../follow-pypi/index-client.ts';
import type { Premises } from '../premises.ts';
import { boardLooks } from './look-board.ts';
import { buildLooks } from './look-builds.ts';
import { journalLooks } from './look-journal.ts';
import { logLooks } from './look-log.ts';
import { packageLooks } from './look-package.ts';
import { queueLooks } from './look-queue.ts';
import type { Office } from './office.ts';
import { additionOrders } from './order-additions.ts';
import { departureOrders } from './order-departures.ts';
import { jobOrders } from './order-jobs.ts';
import { pauseOrders } from './order-pauses.ts';
import { skipOrders } from './order-skips.ts';
import { targetOrders } from './order-targets.ts';

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

const answerersOf = (office: Office): Answerers => {
  const answerers: Answerers = {
    ...boardLooks(office),
    ...queueLooks(office),
    ...buildLooks(office),
    ...logLooks(office),
    ...packageLooks(office),
    ...journalLooks(office),
    ...pauseOrders(office),
    ...departureOrders(office),
    ...skipOrders(office),
    ...jobOrders(office),
    ...targetOrders(office),
    ...additionOrders(office),
  };
  const entries = Object.entries(answerers) as [keyof Answerers, (ask: never, from: string) => Promise<unknown>][];
  return Object.fromEntries(
    entries.map(([question, answer]) => [question, (ask: never, from: string) => answer(ask, from).catch(explain)]),
  ) as unknown as Answerers; // each answers what it answered before
};

/** A database that can't be reached is told as what it is. */
function explain(error: unknown): never {
  if (!isConnectionError(error) || !(error instanceof Error)) throw error;
  throw new Refusal(
    `The database can't be reached: ${error.message}.`,
    'Start it, and give the order again; the master waits for it.',
    { cause: error },
  );
}
