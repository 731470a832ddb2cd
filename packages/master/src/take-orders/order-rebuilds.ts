import { orderRebuilds } from '@piw/db/rebuilds';
import { targetName } from '@piw/wheel/target';
import { carryOut } from './carry-out.ts';
import { cellsOf, cellsText } from './find-target.ts';
import type { Answering } from './office.ts';
import { whoOf } from './who.ts';

/** What is built is built again, as after a mistake in its recipe or its slave; a published file never changes. */
export const rebuildOrders: Answering<'BUILD_AGAIN'> = (office) => ({
  BUILD_AGAIN: (ask, from) =>
    carryOut(office, { order: 'BUILD_AGAIN', who: whoOf(from) }, async (tx) => {
      const cells = { ...(await cellsOf(tx, ask)), version: ask.version };
      const { rebuilds, woken } = await orderRebuilds(tx, cells, whoOf(from));
      const done = rebuilds.map(({ target, buildNumber }) => ({
        subject: cellsText({ ...ask, target: targetName(target) }),
        text: `It is built again, as build ${buildNumber}.`,
      }));
      const text =
        'It has no wheel that was built there, is skipped, or is being built again already; what failed is retried.';
      return done.length > 0 ? { done, woken } : { done, refused: [{ subject: cellsText(ask), text }] };
    }),
});
