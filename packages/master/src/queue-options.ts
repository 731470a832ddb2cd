import type { Argv } from 'yargs';

/** The options that say where a master listens. */
export const withQueues = <A>(yargs: Argv<A>) =>
  yargs
    .option('slave-queue', { type: 'string', default: 'tcp://*:5555', describe: 'Where slaves are heard' })
    .option('file-queue', { type: 'string', default: 'tcp://*:5556', describe: 'Where wheels come in' })
    .option('status-queue', {
      type: 'string',
      ...besides('piw-status'),
      describe: 'Where the status stream goes out too',
    })
    .option('control-queue', { type: 'string', ...besides('piw-control'), describe: 'Where orders are taken too' })
    .option('run-dir', { type: 'string', describe: 'The folder of the ipc sockets' });

const besides = (name: string) => ({ defaultDescription: `only ipc://RUN-DIR/${name}, which is always there` });
