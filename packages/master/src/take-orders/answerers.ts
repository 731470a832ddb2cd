import { isConnectionError } from '@piw/db/connection-error';
import { Refusal } from '@piw/host/operator-error';
import { withFullStop } from '@piw/host/with-full-stop';
import type { Answerers } from '@piw/wire/control-server';
import { boardLooks } from './look-board.ts';
import { buildLooks } from './look-builds.ts';
import { failureLooks } from './look-failures.ts';
import { historyLooks } from './look-history.ts';
import { journalLooks } from './look-journal.ts';
import { logLooks } from './look-log.ts';
import { packageLooks } from './look-package.ts';
import { queueLooks } from './look-queue.ts';
import { whyLooks } from './look-why.ts';
import type { Office } from './office.ts';
import { additionOrders } from './order-additions.ts';
import { departureOrders } from './order-departures.ts';
import { jobOrders } from './order-jobs.ts';
import { pauseOrders } from './order-pauses.ts';
import { quarantineOrders } from './order-quarantine.ts';
import { rebuildOrders } from './order-rebuilds.ts';
import { recipeOrders } from './order-recipes.ts';
import { skipOrders } from './order-skips.ts';
import { targetOrders } from './order-targets.ts';
import { trialOrders } from './order-trials.ts';

/** What answers each question and carries out each order, family by family. */
export function answerersOf(office: Office): Answerers {
  const { premises } = office;
  const gallery: Office = { ...office, premises: { ...premises, pool: premises.readingPool } };
  const answerers: Answerers = {
    ...boardLooks(gallery),
    ...queueLooks(gallery),
    ...buildLooks(gallery),
    ...logLooks(gallery),
    ...packageLooks(gallery),
    ...historyLooks(gallery),
    ...whyLooks(gallery),
    ...failureLooks(gallery),
    ...journalLooks(gallery),
    ...pauseOrders(office),
    ...quarantineOrders(office),
    ...departureOrders(office),
    ...skipOrders(office),
    ...jobOrders(office),
    ...trialOrders(office),
    ...rebuildOrders(office),
    ...recipeOrders(office),
    ...targetOrders(office),
    ...additionOrders(office),
  };
  const entries = Object.entries(answerers) as [keyof Answerers, Answerer][];
  return Object.fromEntries(
    entries.map(([question, answer]) => [
      question,
      (...asked: Parameters<Answerer>) => answer(...asked).catch(explain),
    ]),
  ) as unknown as Answerers; // each answers what it answered before
}

/** One of them, whatever it answers. */
type Answerer = (ask: never, from: string, mayOrder: boolean) => Promise<unknown>;

/** A database that can't be reached is told as what it is. */
function explain(error: unknown): never {
  if (!isConnectionError(error) || !(error instanceof Error)) throw error;
  throw new Refusal(
    withFullStop(`The database can't be reached: ${error.message}`),
    'Start it, and give the order again; the master waits for it.',
    { cause: error },
  );
}
