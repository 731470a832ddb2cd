import { UsageError } from '@piw/host/operator-error';
import type { Question } from '@piw/wire/control-protocol';
import { order } from './order.ts';
import { whichCells, withTarget } from './which-cells.ts';
import { doubtAboutAll, type SlaveArguments, whichSlaves, withSlaves, withYes } from './which-slaves.ts';

export const skipCommand = order({
  command: 'skip [label..]',
  describe: 'Build something no more, until "unskip": what slaves build now, or a package',
  builder: (yargs) =>
    withTarget(withYes(withSlaves(yargs)))
      .option('package', { type: 'string', describe: 'Skip PACKAGE or PACKAGE==VERSION, in the place of slaves' })
      .option('reason', {
        type: 'string',
        demandOption: true,
        describe: 'Why; it is shown wherever the build is missed',
      }),
  order: 'SKIP',
  ask: (args) => ({ what: what(args), why: args.reason }),
  doubt: (args) => doubtAboutAll(args, 'Cancel every build, and never try these again?'),
});

interface SkipArguments extends SlaveArguments {
  readonly package: string | undefined;
  readonly target: string | undefined;
}

function what({ package: text, target, ...slaves }: SkipArguments): Question<'SKIP'>['what'] {
  const named = slaves.all || slaves.label.length > 0;
  if (text === undefined && target !== undefined)
    throw new UsageError('--target says where to skip a package, and none is named.', 'Name it with --package.');
  if (text === undefined && !named)
    throw new UsageError(
      'What is to be skipped?',
      'Name slaves to skip what they build, or --package PACKAGE==VERSION.',
    );
  if (text !== undefined && named)
    throw new UsageError('Both slaves and a package are named.', 'Skip one, then the other.');
  return text === undefined ? { slaves: whichSlaves(slaves) } : whichCells({ package: text, target });
}
