import { countEnds } from '@piw/operator/count-ends';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { byKind } from './kinds.ts';

type Master = { readonly is: 'master'; readonly board: Board };
type Slave = { readonly is: 'slave'; readonly slave: SlavePicture; readonly board: Board };

/** A row of the builders: the master, or a slave. */
export type Builder = Master | Slave;

/** What stands in a column for the master, and for a slave. */
export const either = byKind<Master, Slave>('master');

export const vitalsOf = either(
  ({ board }) => board.farm.vitals,
  ({ slave }) => slave.vitals,
);

/** How its builds of the last hour ended; the master's are those of the farm. */
export const lastHour = either(
  ({ board }) => {
    const { good, failed, again } = countEnds(board.statistics.lastHour);
    return { successes: good, failures: failed + again };
  },
  ({ slave }) => slave.lastHour,
);
