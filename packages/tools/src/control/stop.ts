import { order } from './order.ts';

export const stopCommand = order({
  command: 'stop',
  describe: 'Stop the master; slaves of other machines go on and wait for it',
  builder: (yargs) => yargs,
  order: 'STOP',
  ask: () => ({}),
});
