import { listSlaves } from '@piw/db/slaves';
import { liftQuarantine } from '@piw/db/strikes';
import { carryOut } from './carry-out.ts';
import { chooseSlaves } from './choose-slaves.ts';
import type { Answering } from './office.ts';
import { whoOf } from './who.ts';

/** Who struck out may work again before its time. */
export const quarantineOrders: Answering<'LIFT'> = (office) => ({
  LIFT: ({ slaves: which }, from) =>
    carryOut(office, { order: 'LIFT', who: whoOf(from) }, async (tx) => {
      const known = await listSlaves(tx);
      const { slaves, refused } = which === 'all' ? { slaves: known, refused: [] } : chooseSlaves(which, known);
      const lifted = await liftQuarantine(
        tx,
        slaves.map(({ label }) => label),
      );
      const others =
        which === 'all' ? [] : slaves.filter(({ slaveId }) => !lifted.some((one) => one.slaveId === slaveId));
      return {
        done: lifted.map(({ label }) => ({ subject: label, text: 'It is out of quarantine, and gets work again.' })),
        refused: [...refused, ...others.map(({ label }) => ({ subject: label, text: 'It is not in quarantine.' }))],
        afterwards: () => office.driver.lift(lifted.map(({ slaveId }) => slaveId)),
      };
    }),
});
