import { UsageError } from '@piw/host/operator-error';
import { order } from './order.ts';
import { whichCells, withCells } from './which-cells.ts';

export const againCommand = order({
  command: 'again <package>',
  describe: 'Build the wheels of a version again: new files, with the next build tag',
  builder: withCells,
  order: 'BUILD_AGAIN',
  ask: (args) => {
    const { version, ...rest } = whichCells(args);
    if (version === null)
      throw new UsageError(
        'Which version is to be built again?',
        `Name it: piw-control again ${rest.package}==VERSION`,
      );
    return { ...rest, version };
  },
});
