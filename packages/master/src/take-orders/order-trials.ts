import { orderTrial } from '@piw/db/trials';
import { targetName } from '@piw/wheel/target';
import { carryOut } from './carry-out.ts';
import { choosePresent } from './choose-slaves.ts';
import { cellsText, findTarget } from './find-target.ts';
import type { Answering } from './office.ts';
import { whoOf } from './who.ts';

/** What failed is tried on one slave, before all that failed so is tried again. */
export const trialOrders: Answering<'TRY'> = (office) => ({
  TRY: (ask, from) =>
    carryOut(office, { order: 'TRY', who: whoOf(from) }, async (tx) => {
      const subject = cellsText(ask);
      const { slaves, refused } = choosePresent([ask.slave], office.driver.pictures());
      const [slave] = slaves;
      if (!slave) return { done: [], refused };
      if (!slave.targets.includes(ask.target))
        return { done: [], refused: [{ subject, text: `${slave.label} doesn't build for ${ask.target}.` }] };
      const cell = { package: ask.package, version: ask.version, target: await findTarget(tx, ask.target) };
      const { cells, woken } = await orderTrial(tx, cell, slave.label, whoOf(from));
      if (cells.length === 0) return { done: [], refused: [{ subject, text: 'Nothing of it failed.' }] };
      const before = cells.find(({ target }) => targetName(target) === ask.target)?.outcome ?? null;
      return {
        done: [{ subject, text: `${slave.label} tries it${before === null ? '' : ` after its ${before}`}.` }],
        woken,
        tell: ['pages'],
        afterwards: () => void office.premises.bulletin.emit('needs'),
      };
    }),
});
