import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionError } from '@piw/db/connection-error';
import { grains } from '@piw/db/history-series';
import { keepHistory } from '@piw/db/keep-history';
import { rollUpHistory } from '@piw/db/roll-up-history';
import { runTasks } from '@piw/host/run-tasks';
import type { Premises } from '../../premises.ts';
import { restlessly } from '../../restlessly.ts';
import type { Ledger } from '../ledger.ts';
import type { Chronicle } from './chronicle.ts';
import { samplesOf } from './samples.ts';

const [{ stepMs }] = grains;

/** A timer may be early by a millisecond: a step must have passed, in milliseconds. */
const marginMs = 5;

/** What is full is looked for this often, in milliseconds. */
const storeMs = 5000;

/** The task that looks at everything every ten seconds, and has the database keep it. */
export async function keepChronicle(
  premises: Premises,
  { ledger, chronicle }: { readonly ledger: Ledger; readonly chronicle: Chronicle },
  signal: AbortSignal,
): Promise<void> {
  const { now, log } = premises;
  let rollUpMs = 0;
  const look = async (aborted: AbortSignal) => {
    while (await sleep(stepMs - (now() % stepMs) + marginMs, true, { signal: aborted }).catch(() => false))
      chronicle.step(samplesOf(ledger.board, now()), now());
  };
  const keep = (aborted: AbortSignal) =>
    restlessly(premises, aborted, async () => {
      await store(premises, chronicle);
      if (now() >= rollUpMs) rollUpMs = await rollUpHistory(premises.pool, now());
      return storeMs;
    });
  await runTasks({ look, keep }, signal, log);
  chronicle.close();
  await store(premises, chronicle).catch((error: unknown) => {
    if (!(error instanceof Error && isConnectionError(error))) throw error;
    log.debug(`the last minute of history is lost: ${error.message}`);
  });
}

async function store({ pool, now }: Premises, chronicle: Chronicle): Promise<void> {
  const pieces = chronicle.full(now());
  await keepHistory(pool, pieces);
  chronicle.kept(pieces);
}
