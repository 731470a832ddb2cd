import { order } from './order.ts';
import { whichCells, withCells } from './which-cells.ts';

export const withdrawCommand = order({
  command: 'withdraw <package>',
  describe: 'Take back what was asked for; what the farm builds anyway it builds in its turn',
  builder: withCells,
  order: 'WITHDRAW',
  ask: whichCells,
});
