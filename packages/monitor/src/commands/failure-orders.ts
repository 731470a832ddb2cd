import type { Given } from '@piw/operator/order';
import { slavesInOrder } from '@piw/wire/board-slaves';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import type { Ref } from '../state/ref.ts';
import { restraint } from '../state/restraint.ts';
import { typedLine } from '../state/typed.ts';
import { type Command, stepTo } from './command.ts';
import { giveOrder } from './give-order.ts';
import { labelsIn, unknown } from './known-words.ts';

type Group = Extract<Ref, { of: 'failure' }>['group'];

const groups = (monitor: Monitor): readonly Group[] =>
  subjects(monitor).flatMap((ref) => (ref.of === 'failure' ? [ref.group] : []));

const may = (monitor: Monitor): boolean => restraint(monitor) === null && groups(monitor).length > 0;

const wordsOf = ({ kind, subject }: Group): string =>
  [kind ?? 'what nobody gave a reason for', ...(subject === null ? [] : [subject])].join(' ');

const everything = { package: null, version: null, target: null, outcome: null } as const;
const whatever = { outcome: null, reason: null, subject: null } as const;

function trialOf({ package: name, version, target }: Group, slave: string): Given {
  const cell = { package: name, version, target };
  return slave === 'any' ? { name: 'RETRY', ask: { ...whatever, ...cell } } : { name: 'TRY', ask: { ...cell, slave } };
}

/** Who builds for the target of the first of them, whoever is free first. */
function buildersOf({ feed: { board } }: Monitor, [first]: readonly Group[]): readonly SlavePicture[] {
  const all = board && first ? slavesInOrder(board).filter(({ targets }) => targets.includes(first.target)) : [];
  return all
    .filter(({ state }) => usable.indexOf(state) >= 0)
    .toSorted((a, b) => usable.indexOf(a.state) - usable.indexOf(b.state));
}

/** The states of slaves that may come to it, the soonest first. */
const usable: readonly SlavePicture['state'][] = ['idle', 'sending', 'building'];

/** Whom Enter chooses. */
const usualSlave = (monitor: Monitor, chosen: readonly Group[]): string =>
  buildersOf(monitor, chosen)[0]?.label ?? 'any';

/** Of failures that have a reason in common: one is tried, and if that went well, all. */
export const failureCommands: readonly Command[] = [
  {
    ...{ name: 'try', keys: ['t'], group: 'Orders', hint: 'try one', takes: 'SLAVE | any', on: 'reasons of failures' },
    when: may,
    about: 'build the latest of these again, on the slave that is named or on any',
    complete: (monitor) => ['any', ...buildersOf(monitor, groups(monitor)).map(({ label }) => label)],
    run: (monitor, words) => {
      const chosen = groups(monitor);
      if (words === '')
        return stepTo({
          ...monitor,
          prompt: { for: 'command', typed: typedLine(`try ${usualSlave(monitor, chosen)}`) },
        });
      if (chosen.length === 0) return stepTo(telling(monitor, 'odd', 'Of which failures? Choose a row of them first.'));
      const mistaken = words === 'any' ? null : unknown(monitor, 'slave', words, labelsIn(monitor));
      if (mistaken) return stepTo(mistaken);
      return giveOrder(monitor, {
        words: `try ${chosen.map((one) => `${one.package} ${one.version}`).join(', ')}${words === 'any' ? '' : ` on ${words}`}`,
        ...{ doubt: null, reason: null },
        give: () => chosen.map((one) => trialOf(one, words)),
      });
    },
  },
  {
    ...{ name: 'retry-all', keys: ['R'], group: 'Orders', hint: 'retry all', on: 'reasons of failures' },
    about: 'build all of these again',
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
