import type { Argv } from 'yargs';
import { type LogLevel, logLevels } from './log.ts';

/** The options that all programs have. */
export const withCommonOptions = (yargs: Argv) =>
  yargs
    .group([], 'Positionals:') // groups are shown in the order in which they are first named
    .group([], 'Options:')
    .option('configuration', { alias: 'c', type: 'string', describe: 'Also read this configuration file' })
    .option('quiet', { alias: 'q', type: 'boolean', default: false, describe: 'Produce less console output' })
    .option('verbose', { alias: 'v', type: 'boolean', default: false, describe: 'Produce more console output' })
    .option('log-file', { alias: 'l', type: 'string', describe: 'Log messages to this file' })
    .option('debug', { type: 'boolean', default: false, describe: 'Set logging to debug level' })
    .group(['configuration', 'quiet', 'verbose', 'log-file', 'debug', 'help', 'version'], 'Common options:');

/** Their values. */
export type CommonOptions = ReturnType<typeof withCommonOptions> extends Argv<infer A> ? A : never;

/** How much the console shows: a program's usual level, one less if quiet, one more if verbose, all if debugging. */
export function consoleLevel(
  usual: LogLevel,
  { quiet, verbose, debug }: Pick<CommonOptions, 'quiet' | 'verbose' | 'debug'>,
): LogLevel {
  if (debug) return 'debug';
  const wanted = logLevels.indexOf(usual) + Number(verbose) - Number(quiet);
  return logLevels[Math.min(Math.max(wanted, 0), logLevels.length - 1)]!;
}
