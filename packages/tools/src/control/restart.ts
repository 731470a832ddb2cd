import { order } from './order.ts';
import { whichSlaves, withSlaves } from './which-slaves.ts';

export const restartCommand = order({
  command: 'restart [label..]',
  describe: 'Start slaves again when they are idle, and those of a piw-farm that are gone',
  builder: withSlaves,
  order: 'RESTART',
  ask: (args) => ({ slaves: whichSlaves(args) }),
});
