import { order } from './order.ts';
import { whichCells, withCells } from './which-cells.ts';

export const withdrawCommand = order({
  command: 'withdraw <package>',
  describe: 'Take back what was asked for; attempts at it are cancelled',
  builder: withCells,
  order: 'WITHDRAW',
  ask: whichCells,
});
