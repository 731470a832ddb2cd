import type { Cells } from '@piw/db/cells';
import type { Transaction } from '@piw/db/queryable';
import { skip, unskip } from '@piw/db/skips';
import { withFullStop } from '@piw/host/with-full-stop';
import type { Ask } from '@piw/wire/control-protocol';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { type Change, carryOut, type Done } from './carry-out.ts';
import { choosePresent, taskText } from './choose-slaves.ts';
import { cellsOf, cellsText, findTarget } from './find-target.ts';
import type { Answering, Office } from './office.ts';
import { stopAttempts } from './stop-attempts.ts';
import { whoOf } from './who.ts';

/** What nobody shall build: a stored fact, over a package, a version, a target of either. */
export const skipOrders: Answering<'SKIP' | 'UNSKIP'> = (office) => ({
  SKIP: ({ what, why }, from) =>
    'slaves' in what ? skipTasks(office, what.slaves, why, whoOf(from)) : skipCells(office, what, why, whoOf(from)),
  UNSKIP: (cells, from) => unskipCells(office, cells, whoOf(from)),
});

type WhichCells = Ask<'UNSKIP'>;

function skipCells(office: Office, cells: WhichCells, why: string, who: string): Promise<Done> {
  return carryOut(office, { order: 'SKIP', who }, async (tx) => {
    const { woken, cancel } = await skip(tx, await cellsOf(tx, cells), { reason: why, by: who });
    const builds = cancel.length === 0 ? '' : ` Builds under way are cancelled: ${cancel.length}.`;
    return {
      done: [{ subject: cellsText(cells), text: `It is skipped: ${why}.${builds}` }],
      woken,
      tell: ['pages'],
      afterwards: () => stopAttempts(office, cancel, 'skipped', why),
    };
  });
}

/** What these slaves build now is skipped, exactly those cells. */
function skipTasks(office: Office, which: readonly string[] | 'all', why: string, who: string): Promise<Done> {
  const { slaves, refused } = choosePresent(which, office.driver.pictures());
  const idle = which === 'all' ? [] : slaves.filter(({ task }) => task === null);
  const busy = slaves.filter(({ task }) => task !== null);
  return carryOut(office, { order: 'SKIP', who }, async (tx): Promise<Change> => {
    const woken: number[] = [];
    const cancel: number[] = [];
    for (const slave of busy) {
      const skipped = await skip(tx, await cellOf(tx, slave), { reason: why, by: who });
      woken.push(...skipped.woken);
      cancel.push(...skipped.cancel);
    }
    return {
      done: busy.map((slave) => ({
        subject: slave.label,
        text: withFullStop(`${taskText(slave)} is skipped: ${why}`),
      })),
      refused: [...refused, ...idle.map(({ label }) => ({ subject: label, text: 'It builds nothing.' }))],
      woken,
      tell: ['pages'],
      afterwards: () => stopAttempts(office, cancel, 'skipped', why),
    };
  });
}

async function cellOf(tx: Transaction, { task }: SlavePicture): Promise<Cells> {
  const { package: name, version, target } = task!;
  return { package: name, version, target: await findTarget(tx, target) };
}

function unskipCells(office: Office, cells: WhichCells, who: string): Promise<Done> {
  const subject = cellsText(cells);
  return carryOut(office, { order: 'UNSKIP', who }, async (tx) => {
    const { count, woken } = await unskip(tx, await cellsOf(tx, cells));
    if (count === 0) return { done: [], refused: [{ subject, text: notSkipped(cells) }] };
    return { done: [{ subject, text: 'It is built again.' }], woken, tell: ['pages'] };
  });
}

const notSkipped = ({ package: name, version, target }: WhichCells): string =>
  version === null && target === null
    ? 'Nothing of it is skipped.'
    : `It is not skipped by itself; a skip may cover more: see "piw-control package ${name}".`;
