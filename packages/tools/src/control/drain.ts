import { order } from './order.ts';
import { doubtAboutAll, whichSlaves, withSlaves, withYes } from './which-slaves.ts';

export const drainCommand = order({
  command: 'drain [label..]',
  describe: 'Let slaves finish what they build, then stop them',
  builder: (yargs) => withYes(withSlaves(yargs)),
  order: 'DRAIN',
  ask: (args) => ({ slaves: whichSlaves(args) }),
  doubt: (args) => doubtAboutAll(args, 'Stop all slaves when they have built what they build?'),
});
