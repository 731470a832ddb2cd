import { UsageError } from '@piw/host/operator-error';
import { order } from './order.ts';
import { whichCells, withCells } from './which-cells.ts';

export const tryCommand = order({
  command: 'try <package> <slave>',
  describe: 'Try on one slave what failed: PACKAGE==VERSION at a target',
  builder: (yargs) =>
    withCells(yargs)
      .positional('slave', { type: 'string', demandOption: true, describe: 'The label of the slave' })
      .demandOption('target'),
  order: 'TRY',
  ask: ({ slave, ...args }) => {
    const { version, target, ...rest } = whichCells(args);
    if (version === null || target === null)
      throw new UsageError(
        'Which version is to be tried?',
        `Name it: piw-control try ${rest.package}==VERSION ${slave}`,
      );
    return { ...rest, version, target, slave };
  },
});
