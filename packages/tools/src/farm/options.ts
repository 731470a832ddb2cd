import { availableParallelism } from 'node:os';
import { UsageError } from '@piw/host/operator-error';
import type { ProgramArgv } from '@piw/host/program';
import { parseSize } from '@piw/host/size';
import type { ArgumentsCamelCase, Argv } from 'yargs';
import { parseWish, type Wish } from './wishes.ts';

/** What an operator decides about a farm on one machine. */
export interface FarmOptions {
  readonly dir: string;
  readonly httpHost: string;
  readonly httpPort: number;
  readonly minFreeBytes: number;
  readonly slaves: number;
  readonly dsn: string | undefined;
  readonly indexUrl: string | undefined;
  readonly sandbox: string;
  readonly upstream: string;
  /** Opens the monitor where there is a terminal. */
  readonly monitor: boolean;
  /** Builds what is wished for, tells, and stops. */
  readonly once: boolean;
  readonly wishes: readonly Wish[];
}

/** Where a farm lies of which nothing else is said. */
export const usualDir = '.farm';

const mostSlaves = 64;

/** One for every two cores, at most four: a build uses more than one. */
export const usualSlaves = (cores: number): number => Math.min(4, Math.max(1, Math.floor(cores / 2)));

export const farmArguments = (yargs: ProgramArgv) =>
  yargs
    .positional('package', {
      type: 'string',
      array: true,
      default: [] as string[],
      describe: 'What to build first: NAME or NAME==VERSION',
    })
    .option('once', { type: 'boolean', default: false, describe: 'Build these, print what became of each, and stop' })
    .option('dir', { type: 'string', default: usualDir, describe: 'Where the farm keeps everything' })
    .option('http-host', { type: 'string', default: '127.0.0.1', describe: 'The address that the site is served on' })
    .option('http-port', { type: 'number', default: 8080, describe: 'The port of the site; 0 picks a free one' })
    .option('min-free', {
      type: 'string',
      coerce: parseSize,
      default: '1GiB',
      describe: 'With less than this free on its disk, no build is begun',
    })
    .option('slaves', {
      type: 'number',
      default: usualSlaves(availableParallelism()),
      describe: 'How many slaves to start; 0 only serves what there is',
    })
    .option('monitor', {
      type: 'boolean',
      default: true,
      describe: 'On a terminal, open piw-monitor over the farm; --no-monitor tells what happens, line by line',
    })
    .option('dsn', { type: 'string', describe: 'A PostgreSQL database to use instead of an own one' })
    .option('index-url', { type: 'string', describe: 'The index to build from (default: the one pip uses)' })
    .option('sandbox', {
      choices: ['auto', 'bubblewrap', 'unshare', 'none'] as const,
      default: 'auto' as const,
      describe: 'What keeps builds apart from this machine',
    })
    .option('upstream', {
      choices: ['merge', 'ignore'] as const,
      default: 'merge' as const,
      describe: "What to do with the index's own files: list them beside ours, or ignore them",
    });

type Arguments = ArgumentsCamelCase<ReturnType<typeof farmArguments> extends Argv<infer A> ? A : never>;

/** Checks what yargs can't; throws a UsageError. */
export function farmOptions({ package: names, once, slaves, httpPort, ...rest }: Arguments): FarmOptions {
  const { dir, httpHost, minFree: minFreeBytes, monitor, dsn, indexUrl, sandbox, upstream } = rest;
  if (!Number.isInteger(slaves) || slaves < 0 || slaves > mostSlaves)
    throw new UsageError(
      `--slaves ${slaves} is no number of slaves for one machine.`,
      `Give a whole number up to ${mostSlaves}, as in --slaves 2.`,
    );
  if (!Number.isInteger(httpPort) || httpPort < 0 || httpPort > 65_535)
    throw new UsageError(`--http-port ${httpPort} is no port.`, 'Give a number up to 65535; 0 picks a free one.');
  if (once && names.length === 0)
    throw new UsageError('--once builds what is named, and nothing is.', 'Name it: --once six==1.17.0.');
  if (once && slaves === 0) throw new UsageError('--once needs a slave.', 'Leave --slaves 0 out.');
  const wishes = names.map(parseWish);
  return { dir, httpHost, httpPort, minFreeBytes, slaves, dsn, indexUrl, sandbox, upstream, monitor, once, wishes };
}
