import { order } from './order.ts';
import { whichSlaves, withSlaves } from './which-slaves.ts';

export const resumeCommand = order({
  command: 'resume [label..]',
  describe: 'Give slaves work again',
  builder: withSlaves,
  order: 'RESUME',
  ask: (args) => ({ slaves: whichSlaves(args) }),
});
