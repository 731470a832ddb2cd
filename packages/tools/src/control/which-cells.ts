import { parseTargetName, targetName } from '@piw/wheel/target';
import type { Question } from '@piw/wire/control-protocol';
import type { Argv } from 'yargs';
import { parseWish } from '../farm/wishes.ts';
import type { LookArgv } from './look.ts';

/** Cells as they are named on a command line: a package, or one of its versions, at all targets or at one. */
export interface CellArguments {
  readonly package: string;
  readonly target: string | undefined;
}

export const withCells = (yargs: LookArgv) =>
  withTarget(
    yargs.positional('package', { type: 'string', demandOption: true, describe: 'PACKAGE or PACKAGE==VERSION' }),
  );

export const withTarget = <A>(yargs: Argv<A>) =>
  yargs.option('target', { type: 'string', coerce: asTarget, describe: 'At this target only: cp311-linux_aarch64' });

/** The cells that were named; throws a UsageError where the package or version can't be one. */
export const whichCells = ({ package: text, target }: CellArguments): Question<'UNSKIP'> => ({
  ...parseWish(text),
  target: target ?? null,
});

/** A target's name as it is written; an Error where the text can't be one. */
export function asTarget(text: string): string {
  const target = parseTargetName(text);
  if (target === undefined) throw new Error(`"${text}" is no target: write it like cp311-linux_aarch64`);
  return targetName(target);
}
