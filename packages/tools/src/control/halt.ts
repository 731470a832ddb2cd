import { order } from './order.ts';
import { doubtAboutAll, whichSlaves, withReason, withSlaves, withYes } from './which-slaves.ts';

export const haltCommand = order({
  command: 'halt [label..]',
  describe: 'Pause slaves and cancel what they build; the jobs go back to the queue',
  builder: (yargs) => withYes(withReason(withSlaves(yargs))),
  order: 'HALT',
  ask: (args) => ({ slaves: whichSlaves(args), why: args.reason ?? null }),
  doubt: (args) => doubtAboutAll(args, 'Cancel every build, and pause all slaves?'),
});
