import { command } from '@piw/host/command';
import { UsageError } from '@piw/host/operator-error';
import { withControl } from '@piw/operator/with-control';
import type { Answer } from '@piw/wire/control-protocol';
import type { TargetPicture } from '@piw/wire/status-protocol';
import { printJson, printPage, withLookOptions } from './look.ts';
import { give } from './order.ts';
import { type Cell, line, type Page, type Part, section, styled, table } from './page.ts';
import { asTarget } from './which-cells.ts';

const changes = ['add', 'retire', 'prefer', 'unprefer', 'alias'] as const;

export const targetsCommand = command({
  command: 'targets [change] [target] [platform]',
  describe: 'Show what the farm builds for, or change it',
  builder: (yargs) =>
    withLookOptions(yargs)
      .positional('change', { choices: changes, describe: 'What to do with a target' })
      .positional('target', { type: 'string', coerce: asTarget, describe: 'As in cp311-linux_aarch64' })
      .positional('platform', {
        type: 'string',
        describe: 'For alias: the second platform that its wheels are published for, or none',
      }),
  handler: async (args, context) => {
    const { change, target, json } = args;
    if (change !== undefined && target === undefined)
      throw new UsageError(`Which target is to be changed?`, `Name it: piw-control targets ${change} TARGET.`);
    switch (change) {
      case 'add':
        return give('ADD_TARGET', { target: target! }, args, context);
      case 'retire':
        return give('RETIRE_TARGET', { target: target! }, args, context);
      case 'prefer':
      case 'unprefer':
        return give('PREFER_TARGET', { target: target!, preferred: change === 'prefer' }, args, context);
      case 'alias': {
        if (args.platform === undefined)
          throw new UsageError(
            'Which platform is its alias?',
            `Name it, or none: piw-control targets alias ${target!} linux_armv6l`,
          );
        return give(
          'ALIAS_TARGET',
          { target: target!, platform: args.platform === 'none' ? null : args.platform },
          args,
          context,
        );
      }
      case undefined: {
        const { signal } = context;
        const answer = await withControl(args, (control) => control.ask('TARGETS', {}, { signal }));
        return json ? printJson(answer, context) : printPage(targetsPage(answer), context);
      }
    }
  },
});

/** What the farm builds for, and what it could. */
export const targetsPage = ({ targets, offered }: Answer<'TARGETS'>): Page => [
  targets.length === 0 ? line('The farm has no targets yet.') : targetsTable(targets),
  ...section(
    'Offered by slaves, and not built for',
    ['TARGET', 'BY', 'TO BUILD FOR IT'],
    offered.map(({ target, by }) => [target, by.join(' '), `piw-control targets add ${target}`]),
  ),
];

/** Targets with their share of the queue. */
export const targetsTable = (targets: readonly TargetPicture[]): Part =>
  table(
    ['TARGET', 'PYTHON', 'WAITING', 'DELAYED', 'BUILDING', ''],
    targets.map(({ target, python, waiting, delayed, building, preferred, retired }) => [
      target,
      python,
      ...[waiting, delayed, building].map(count),
      ...[retired ? styled('dim', 'retired') : preferred ? styled('good', 'preferred') : ''],
    ]),
  );

const count = (number: number): Cell => styled(number === 0 ? 'dim' : null, String(number));
