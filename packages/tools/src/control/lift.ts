import { order } from './order.ts';
import { whichSlaves, withSlaves } from './which-slaves.ts';

export const liftCommand = order({
  command: 'lift [label..]',
  describe: 'Let slaves out of quarantine before its time',
  builder: withSlaves,
  order: 'LIFT',
  ask: (args) => ({ slaves: whichSlaves(args) }),
});
