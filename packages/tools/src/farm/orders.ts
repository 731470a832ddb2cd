import { hostname } from 'node:os';
import { join } from 'node:path';
import { ipcAddress } from '@piw/host/ipc-address';
import { masterNode } from '@piw/host/master-node';
import { localQueues } from '@piw/wire/master-address';
import type { FarmFolder } from './folder.ts';
import type { FarmOptions } from './options.ts';
import type { ProgramOrder } from './program.ts';

const given = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [flag, value]);

/**
 * Serves what is published; `onAddress` hears where. A free port that it was given it has again when it is started again: by then
 * the site's address has been told to others.
 */
export function webOrder(folder: FarmFolder, options: FarmOptions, onAddress: (url: string) => void): ProgramOrder {
  let port = options.httpPort;
  return {
    name: 'web',
    bin: 'web/bin/piw-web.js',
    get args() {
      return ['--output-path', folder.output, '--http-host', options.httpHost, '--http-port', String(port)];
    },
    onLine: (line) => {
      const [, url] = /^site\s+(\S+\/)simple\/$/.exec(line) ?? [];
      if (url === undefined) return;
      port = Number(new URL(url).port) || port;
      onAddress(url);
    },
  };
}

/** All of its sockets lie in the run directory: nobody outside this machine can reach them. */
export const masterOrder = (folder: FarmFolder, options: FarmOptions, dsn: string, siteUrl: string): ProgramOrder => ({
  name: 'master',
  bin: 'master/bin/piw-master.js',
  node: masterNode,
  secrets: { PIW_DSN: dsn },
  args: [
    ...['--output-path', folder.output, '--run-dir', folder.run, '--site-url', siteUrl],
    ...['--min-free', String(options.minFreeBytes)],
    ...[
      '--slave-queue',
      ipcAddress(folder.run, localQueues.slaveQueue),
      '--file-queue',
      ipcAddress(folder.run, localQueues.fileQueue),
    ],
    ...['--upstream', options.upstream, '--accept-targets', '--allow-root'],
    ...given('--index-url', options.indexUrl),
  ],
});

/** What the master knows slave `number` of the farm by. */
export const labelOf = (number: number): string => `${hostname()}-${number}`;

/** Slave `number` of the farm, from 1. */
export const slaveOrder = (folder: FarmFolder, options: FarmOptions, number: number): ProgramOrder => ({
  name: `slave-${number}`,
  bin: 'slave/bin/piw-slave.js',
  args: [
    ...['--master', `ipc://${folder.run}`, '--dir', join(folder.slaves, String(number))],
    ...['--state-dir', join(folder.slaves, String(number)), '--label', labelOf(number)],
    ...['--sandbox', options.sandbox, '--allow-root'],
    ...given('--index-url', options.indexUrl),
  ],
});

/** What can be built here, as JSON. */
export const checkArguments = (options: FarmOptions): string[] => [
  ...['--check', '--json', '--sandbox', options.sandbox],
  ...given('--index-url', options.indexUrl),
];
