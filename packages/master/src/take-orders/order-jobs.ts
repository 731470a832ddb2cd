import { findCells } from '@piw/db/cells';
import { prioritise } from '@piw/db/nudges';
import type { Transaction } from '@piw/db/queryable';
import { type Withdrawn, withdraw } from '@piw/db/requests';
import { type RetriedCell, type RetryFilter, retry } from '@piw/db/retry';
import { targetName } from '@piw/wheel/target';
import type { Ask } from '@piw/wire/control-protocol';
import { carryOut, type Done } from './carry-out.ts';
import { cellsOf, cellsText, findTarget } from './find-target.ts';
import type { Answering, Office } from './office.ts';
import { stopAttempts } from './stop-attempts.ts';
import { whoOf } from './who.ts';

/** The place of jobs in the queue, and whether they are in it. */
export const jobOrders: Answering<'PRIORITISE' | 'WITHDRAW' | 'RETRY'> = (office) => ({
  PRIORITISE: ({ cells, to }, from) =>
    carryOut(office, { order: 'PRIORITISE', who: whoOf(from) }, async (tx) => {
      const { queued, woken } = await prioritise(tx, await cellsOf(tx, cells), to, whoOf(from));
      const text = queued ? placeText[to].now : `${placeText[to].later} ${retryText(cells)}`;
      return { done: [{ subject: cellsText(cells), text }], woken };
    }),
  WITHDRAW: (cells, from) =>
    carryOut(office, { order: 'WITHDRAW', who: whoOf(from) }, async (tx) => {
      const withdrawn = await withdraw(tx, await cellsOf(tx, cells));
      const { woken, cancel, asked } = withdrawn;
      const line = { subject: cellsText(cells), text: withdrawnText(withdrawn) };
      const isNews = asked || cancel.length > 0;
      return {
        ...(isNews ? { done: [line] } : { done: [], refused: [line] }),
        woken,
        tell: ['pages'],
        afterwards: () => stopAttempts(office, cancel, 'withdrawn', `withdrawn by ${whoOf(from)}`),
      };
    }),
  RETRY: (ask, from) => retryCells(office, ask, whoOf(from)),
});

function withdrawnText({ asked, due, cancel }: Withdrawn): string {
  const was = asked ? 'It is no longer asked for' : 'Nobody asked for it';
  const is = due
    ? '; the farm builds it in its turn all the same. To be rid of it, skip it.'
    : ', and it is not in the queue.';
  return `${was}${is}${cancel.length === 0 ? '' : ` Builds under way are cancelled: ${cancel.length}.`}`;
}

/** Where jobs are in the queue, and where those to come will be. */
const placeText = {
  front: {
    now: 'It comes before everything else.',
    later: 'Nothing of it waits; it will come before everything else when it does.',
  },
  back: {
    now: 'It comes after everything else.',
    later: 'Nothing of it waits; it will come after everything else when it does.',
  },
  usual: { now: 'It has its usual place.', later: 'Nothing of it waits; it will have its usual place when it does.' },
} as const;

const retryText = ({ package: name, version, target }: Ask<'UNSKIP'>): string =>
  `What failed of it is tried again with R, or: piw-control retry ${name}${version === null ? '' : `==${version}`}${
    target === null ? '' : ` --target ${target}`
  }`;

/** How many cells one order lets be tried again. */
const mostRetried = 1000;

function retryCells(office: Office, ask: Ask<'RETRY'>, who: string): Promise<Done> {
  return carryOut(office, { order: 'RETRY', who }, async (tx) => {
    const { cells, served, woken } = await retry(tx, await filterOf(tx, ask), who, mostRetried);
    if (cells.length + served.length === 0)
      return { done: [], refused: [{ subject: filterText(ask), text: 'Nothing of it failed.' }] };
    const isAll = cells.length + served.length < mostRetried;
    const rest = isAll ? [] : [{ subject: 'others', text: 'There may be more: give the order again.' }];
    return { done: cells.map(lineOf), refused: [...served.map(servedLine), ...rest], woken, tell: ['pages'] };
  });
}

/** Throws where there is no such package, version or target: a typing error must not look like a farm without failures. */
async function filterOf(tx: Transaction, ask: Ask<'RETRY'>): Promise<RetryFilter> {
  const target = ask.target === null ? null : await findTarget(tx, ask.target);
  if (ask.package !== null) await findCells(tx, { package: ask.package, version: ask.version, target });
  return { ...ask, target };
}

const lineOf = ({ package: name, version, target, outcome }: RetriedCell) => ({
  subject: cellsText({ package: name, version, target: targetName(target) }),
  text: outcome === null ? 'It waits for its retry no longer.' : `It is tried again after its ${outcome}.`,
});

const servedLine = ({ package: name, version, target }: RetriedCell) => ({
  subject: cellsText({ package: name, version, target: targetName(target) }),
  text: `Upstream serves it by now. To build it here all the same: piw-add ${name} ${version}`,
});

const filterText = (ask: Ask<'RETRY'>): string =>
  Object.values(ask)
    .filter((value) => value !== null)
    .join(' ') || 'all';
