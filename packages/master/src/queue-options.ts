import type { Argv } from 'yargs';

/** The options that say where a master listens. */
export const withQueues = <A>(yargs: Argv<A>) =>
  yargs
    .option('slave-queue', { type: 'string', default: 'tcp://*:5555', describe: 'Where slaves are heard' })
    .option('file-queue', { type: 'string', default: 'tcp://*:5556', describe: 'Where wheels come in' })
    .option('status-queue', { type: 'string', ...inRunDir('piw-status'), describe: 'Where the status stream goes out' })
    .option('control-queue', { type: 'string', ...inRunDir('piw-control'), describe: 'Where orders are taken' })
    .option('run-dir', { type: 'string', describe: 'The folder of the ipc sockets' });

const inRunDir = (name: string) => ({ defaultDescription: `ipc://RUN-DIR/${name}` });
