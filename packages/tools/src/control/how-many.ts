import type { Argv } from 'yargs';

export const withLimit = <A>(yargs: Argv<A>, what: string) =>
  yargs.option('limit', {
    alias: 'n',
    type: 'number',
    default: 20,
    coerce: asLimit,
    describe: `How many ${what}, up to ${most}`,
  });

/** What the master tells at once. */
const most = 1000;

function asLimit(given: number): number {
  if (Number.isInteger(given) && given >= 1 && given <= most) return given;
  throw new Error(`a number from 1 to ${most} is needed`);
}
