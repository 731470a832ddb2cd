import { order } from './order.ts';
import { whichCells, withCells } from './which-cells.ts';

export const unskipCommand = order({
  command: 'unskip <package>',
  describe: 'Take a skip back',
  builder: withCells,
  order: 'UNSKIP',
  ask: whichCells,
});
