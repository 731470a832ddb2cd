import { order } from './order.ts';
import { whichCells, withCells } from './which-cells.ts';

export const prioritiseCommand = order({
  command: 'prioritise <package>',
  describe: 'Move jobs to the front or the back of the queue, or where they usually are',
  builder: (yargs) =>
    withCells(yargs).option('to', {
      choices: ['front', 'back', 'usual'] as const,
      demandOption: true,
      describe: 'Where to',
    }),
  order: 'PRIORITISE',
  ask: (args) => ({ cells: whichCells(args), to: args.to }),
});
