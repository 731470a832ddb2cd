import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Ref } from '../state/ref.ts';
import { restraint } from '../state/restraint.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';

type Group = Extract<Ref, { of: 'failure' }>['group'];

const groups = (monitor: Monitor): readonly Group[] =>
  subjects(monitor).flatMap((ref) => (ref.of === 'failure' ? [ref.group] : []));

const may = (monitor: Monitor): boolean => restraint(monitor) === null && groups(monitor).length > 0;

const wordsOf = ({ kind, subject }: Group): string =>
  [kind ?? 'what nobody gave a reason for', ...(subject === null ? [] : [subject])].join(' ');

const everything = { package: null, version: null, target: null, outcome: null } as const;
const whatever = { outcome: null, reason: null, subject: null } as const;

/** Of failures that have a reason in common: one is tried, and if that went well, all. */
export const failureCommands: readonly Command[] = [
  {
    ...{
      name: 'try',
      keys: ['t'],
      group: 'Orders',
      hint: 'try one',
      about: 'build the latest of these again',
      when: may,
    },
    run: (monitor) => {
      const chosen = groups(monitor);
      return giveOrder(monitor, {
        words: `try ${chosen.map((one) => `${one.package} ${one.version}`).join(', ')}`,
        ...{ doubt: null, reason: null },
        give: () =>
          chosen.map((one) => ({
            name: 'RETRY',
            ask: { ...whatever, package: one.package, version: one.version, target: one.target },
          })),
      });
    },
  },
  {
    ...{ name: 'retry-all', keys: ['R'], group: 'Orders', hint: 'retry all', about: 'build all of these again' },
    when: (monitor) => may(monitor) && groups(monitor).some(({ kind }) => kind !== null),
    run: (monitor) => {
      const chosen = groups(monitor).filter(({ kind }) => kind !== null);
      const builds = chosen.reduce((sum, one) => sum + one.builds, 0);
      return giveOrder(monitor, {
        words: `retry ${chosen.map(wordsOf).join(', ')}`,
        doubt: `Build all ${builds.toLocaleString('en')} again that failed for ${chosen.map(wordsOf).join(', ')}?`,
        reason: null,
        give: () =>
          chosen.map(({ kind, subject }) => ({ name: 'RETRY', ask: { ...everything, reason: kind, subject } })),
      });
    },
  },
];
