import { order } from './order.ts';
import { whichSlaves, withReason, withSlaves } from './which-slaves.ts';

export const pauseCommand = order({
  command: 'pause [label..]',
  describe: 'Give slaves no further work; what they build goes on',
  builder: (yargs) => withReason(withSlaves(yargs)),
  order: 'PAUSE',
  ask: (args) => ({ slaves: whichSlaves(args), why: args.reason ?? null }),
});
