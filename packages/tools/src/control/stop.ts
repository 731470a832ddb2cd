import { order } from './order.ts';

export const stopCommand = order({
  command: 'stop',
  describe: 'Stop the master; slaves go on building and wait for it',
  builder: (yargs) => yargs,
  order: 'STOP',
  ask: () => ({}),
});
