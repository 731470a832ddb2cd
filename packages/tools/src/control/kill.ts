import { order } from './order.ts';
import { doubtAboutAll, whichSlaves, withReason, withSlaves, withYes } from './which-slaves.ts';

export const killCommand = order({
  command: 'kill [label..]',
  describe: 'Stop slaves at once; what they build is cancelled and goes back to the queue',
  builder: (yargs) => withYes(withReason(withSlaves(yargs))),
  order: 'KILL',
  ask: (args) => ({ slaves: whichSlaves(args), why: args.reason ?? null }),
  doubt: (args) => doubtAboutAll(args, 'Cancel every build, and stop all slaves?'),
});
