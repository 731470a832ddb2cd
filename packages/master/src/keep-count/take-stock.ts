import { clearAttention, raiseAttention } from '@piw/db/attention';
import { readFarm } from '@piw/db/farm';
import { foldTallies } from '@piw/db/tallies';
import { waitingNeeds } from '@piw/db/waiting-needs';
import { readFault } from '@piw/db/world-fault';
import { readVitals } from '@piw/host/vitals';
import type { Premises } from '../premises.ts';
import { askedJobs, jobNews } from './asked-jobs.ts';
import { endedUntold } from './build-pictures.ts';
import { concerns } from './concerns.ts';
import { type Desk, tellEnd } from './follow-bulletin.ts';
import type { Ledger } from './ledger.ts';
import { targetPictures } from './target-pictures.ts';

/** The farm's pause, by an operator's word or its disk, the world's fault, and its targets. */
export async function lookAtFarm({ pool, disk }: Premises, ledger: Ledger): Promise<void> {
  const [{ paused }, { fault }, targets] = await Promise.all([readFarm(pool), readFault(pool), targetPictures(pool)]);
  tellFarm(ledger, { paused: paused ?? disk.pause, fault, targets });
}

/** How much of the queue is whose, and how it stands with what was asked for by name. */
export async function countQueue({ pool }: Premises, ledger: Ledger): Promise<void> {
  const [targets, jobs] = await Promise.all([targetPictures(pool), askedJobs(pool)]);
  tellFarm(ledger, { targets });
  ledger.enterAll(jobNews(ledger.board, jobs));
}

/** All that nobody tells: the figures, the machine, what slaves that were never met left behind, what needs a human. */
export async function takeStock(premises: Premises, desk: Desk): Promise<void> {
  const { pool, paths } = premises;
  const { ledger, figures, pulse } = desk;
  await foldTallies(pool);
  pulse.noteMaster(await readVitals(paths.output));
  for (const build of await endedUntold(pool, ledger.board)) tellEnd(desk, build);
  const statistics = await figures.read();
  if (!isSame(statistics, ledger.board.statistics)) ledger.enter({ type: 'STATISTICS', body: { statistics } });
  await seeToConcerns(premises, ledger);
  desk.queue.wake();
}

async function seeToConcerns({ pool, disk, startedMs, now, options }: Premises, ledger: Ledger): Promise<void> {
  const isEarly = now() - startedMs < options.periods.comingMs;
  const needs = await waitingNeeds(pool);
  const { raise, clear } = concerns(ledger.board, { disk: disk.pause, needs, isEarly });
  for (const one of raise) {
    const attention = await raiseAttention(pool, one);
    if (attention) ledger.enter({ type: 'ATTENTION', body: { attention } });
  }
  for (const { kind, subject } of clear) {
    const attention = await clearAttention(pool, kind, subject);
    if (attention) ledger.enter({ type: 'ATTENTION', body: { attention } });
  }
}

function tellFarm(ledger: Ledger, changed: Partial<Ledger['board']['farm']>): void {
  const farm = { ...ledger.board.farm, ...changed };
  if (!isSame(farm, ledger.board.farm)) ledger.enter({ type: 'FARM', body: { farm } });
}

/** Both were made by the same code, so their fields are in the same order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
