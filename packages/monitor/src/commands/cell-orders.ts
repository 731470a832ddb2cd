import type { Given } from '@piw/operator/order';
import type { Question } from '@piw/wire/control-protocol';
import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Order } from '../state/order.ts';
import type { Cells } from '../state/place.ts';
import type { Ref } from '../state/ref.ts';
import { restraint } from '../state/restraint.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';

/** What a row is about, as orders on packages name it. */
function cellsOf(ref: Ref): Cells | null {
  switch (ref.of) {
    case 'job':
    case 'cell':
    case 'reason':
      return ref.cell;
    case 'build':
      return ref.build;
    case 'version':
      return { package: ref.package, version: ref.version, target: null };
    default:
      return null;
  }
}

const pointed = (monitor: Monitor, of: readonly Ref['of'][]): readonly Cells[] =>
  subjects(monitor)
    .filter((ref) => of.includes(ref.of))
    .flatMap((ref) => cellsOf(ref) ?? []);

const wordsOf = ({ package: name, version, target }: Cells): string =>
  `${name} ${version}${target === null ? '' : ` ${target}`}`;

const several = (all: readonly Cells[]): string =>
  all.length === 1 ? wordsOf(all[0]!) : `${all.length} (${all.slice(0, 2).map(wordsOf).join(', ')} …)`;

interface CellOrder {
  readonly name: string;
  readonly key: string;
  readonly about: string;
  readonly hint?: string;
  readonly of: readonly Ref['of'][];
  /** Whether it is for versions at all targets, whatever row it is given on. */
  readonly whole?: true;
  readonly reason?: Order['reason'];
  readonly doubt?: (words: string) => string;
  readonly give: (cells: Question<'UNSKIP'>, why: string | null) => Given;
}

const waiting = ['job', 'cell', 'version'] as const;
const anyCell = ['job', 'cell', 'build', 'version'] as const;

const orders: readonly CellOrder[] = [
  {
    ...{ name: 'front', key: '+', hint: 'front', of: waiting, about: 'build it before all that is usual' },
    give: (cells) => ({ name: 'PRIORITISE', ask: { cells, to: 'front' } }),
  },
  {
    ...{ name: 'rear', key: '_', hint: 'rear', of: waiting, about: 'build it after all that is usual' },
    give: (cells) => ({ name: 'PRIORITISE', ask: { cells, to: 'back' } }),
  },
  {
    ...{ name: 'usual', key: '=', of: waiting, about: 'build it in its usual turn' },
    give: (cells) => ({ name: 'PRIORITISE', ask: { cells, to: 'usual' } }),
  },
  {
    ...{
      name: 'withdraw',
      key: 'x',
      hint: 'withdraw',
      of: waiting,
      about: 'take back that its version was asked for',
      whole: true, // so it was asked for
    },
    doubt: (words) => `Withdraw ${words}, and cancel what is being built of it?`,
    give: (cells) => ({ name: 'WITHDRAW', ask: cells }),
  },
  {
    ...{
      name: 'skip',
      key: 's',
      hint: 'skip',
      of: anyCell,
      reason: 'must',
      about: 'never build it, until it is unskipped',
    },
    doubt: (words) => `Skip ${words}?`,
    give: (cells, why) => ({ name: 'SKIP', ask: { what: cells, why: why ?? '' } }),
  },
  {
    ...{ name: 'unskip', key: 'U', of: anyCell, about: 'take a skip back' },
    give: (cells) => ({ name: 'UNSKIP', ask: cells }),
  },
  {
    ...{
      name: 'retry',
      key: 'R',
      hint: 'retry',
      of: ['cell', 'reason', 'build', 'version'],
      about: 'try again what failed of it',
    },
    give: (cells) => ({ name: 'RETRY', ask: { ...cells, outcome: null, reason: null, subject: null } }),
  },
];

/** `jobs, builds or versions`. */
const kinds = (of: readonly Ref['of'][]): string =>
  of
    .filter((one) => one !== 'cell' && one !== 'reason') // of a version
    .map((one) => `${one}s`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ');

/** Versions, each once, where it is for whole ones. */
function meant(monitor: Monitor, { of, whole }: CellOrder): readonly Cells[] {
  const cells = pointed(monitor, of);
  if (!whole) return cells;
  const versions = cells.map((one): Cells => ({ ...one, target: null }));
  return [...new Map(versions.map((one) => [wordsOf(one), one])).values()];
}

const asCommand = (order: CellOrder): Command => {
  const { name, key, about, hint, of, give, doubt, reason = null } = order;
  return {
    ...{ name, keys: [key], group: 'Orders', about, on: kinds(of), ...(hint === undefined ? {} : { hint }) },
    when: (monitor) => restraint(monitor) === null && pointed(monitor, of).length > 0,
    run: (monitor) => {
      const all = meant(monitor, order);
      const words = several(all);
      return giveOrder(monitor, {
        words: `${name} ${words}`,
        doubt: doubt?.(words) ?? null,
        reason,
        give: (why) => all.map(({ package: its, version, target }) => give({ package: its, version, target }, why)),
      });
    },
  };
};

/** Orders about what is built: jobs, attempts, versions. */
export const cellCommands: readonly Command[] = orders.map(asCommand);
