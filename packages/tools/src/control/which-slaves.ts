import { UsageError } from '@piw/host/operator-error';
import type { Question } from '@piw/wire/control-protocol';
import type { Argv } from 'yargs';
import type { LookArgv } from './look.ts';

/** Slaves as they are named on a command line. */
export interface SlaveArguments {
  readonly label: readonly string[];
  readonly all: boolean;
}

export const withSlaves = (yargs: LookArgv) =>
  yargs
    .positional('label', { type: 'string', array: true, default: [] as string[], describe: 'Slaves, by their labels' })
    .option('all', { type: 'boolean', default: false, describe: 'All slaves, and those to come' });

export const withReason = <A>(yargs: Argv<A>) =>
  yargs.option('reason', { type: 'string', describe: 'Why, for those who wonder later' });

/** Before an order to all slaves that stops builds, somebody at a terminal is asked. */
export const withYes = <A>(yargs: Argv<A>) =>
  yargs.option('yes', { alias: 'y', type: 'boolean', default: false, describe: 'Do it without asking' });

/** The slaves that were named; throws a UsageError where that isn't clear. */
export function whichSlaves({ label, all }: SlaveArguments): Question<'RESUME'>['slaves'] {
  if (all && label.length > 0)
    throw new UsageError('--all means every slave, and some are named beside it.', 'Give one or the other.');
  if (!all && label.length === 0)
    throw new UsageError('Which slaves?', 'Name them, or say --all; "piw-control slaves" lists them.');
  return all ? 'all' : [...label];
}

/** The question before an order is given to all; undefined where there is none to ask. */
export const doubtAboutAll = (
  { all, yes }: { readonly all: boolean; readonly yes: boolean },
  question: string,
): string | undefined => (all && !yes ? question : undefined);
