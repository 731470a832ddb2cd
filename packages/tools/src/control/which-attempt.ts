import type { Argv } from 'yargs';

export const withAttempt = <A>(yargs: Argv<A>) =>
  yargs.positional('attempt', {
    type: 'number',
    demandOption: true,
    coerce: asAttempt,
    describe: 'The number of an attempt, as "piw-control builds" shows it',
  });

function asAttempt(given: number): number {
  if (Number.isSafeInteger(given) && given > 0) return given;
  throw new Error(`${given} is no attempt: they are counted from 1`);
}
