import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Ref } from '../state/ref.ts';
import { restraint } from '../state/restraint.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';
import { targetsIn, unknown } from './known-words.ts';

type Named = Pick<Extract<Ref, { of: 'target' }>, 'target' | 'preferred'>;

const targets = (monitor: Monitor): readonly Named[] =>
  subjects(monitor).flatMap((ref) => (ref.of === 'target' ? [ref] : []));

/** Those that are named after a `:`, else those that the operator points at. */
function meant(monitor: Monitor, words: string): readonly Named[] {
  if (words === '') return targets(monitor);
  const known = monitor.feed.board?.farm.targets ?? [];
  return words.split(/[\s,]+/).flatMap((name) => known.find(({ target }) => target === name) ?? []);
}

/** The monitor that says which of the targets that were named there isn't. */
const strangerIn = (monitor: Monitor, words: string): Monitor | undefined =>
  words === ''
    ? undefined
    : words.split(/[\s,]+/).flatMap((name) => unknown(monitor, 'target', name, targetsIn(monitor)) ?? [])[0];

const may = (monitor: Monitor): boolean => restraint(monitor) === null && targets(monitor).length > 0;

/** Whether all of them are preferred, so that the order takes that back. */
const isBack = (chosen: readonly Named[]): boolean => chosen.every(({ preferred }) => preferred);

const hintOf = (monitor: Monitor): string => (isBack(targets(monitor)) ? 'usual place' : 'prefer');

/** Orders about what the farm builds for. */
export const targetCommands: readonly Command[] = [
  {
    ...{ name: 'prefer', keys: ['P'], group: 'Orders', hint: hintOf, on: 'targets', when: may },
    about: 'build for this target before the others, or no longer',
    ...{ takes: 'TARGET …', complete: targetsIn },
    run: (monitor, named) => {
      const stranger = strangerIn(monitor, named);
      if (stranger) return [stranger, []];
      const chosen = meant(monitor, named);
      return giveOrder(monitor, {
        words: `${isBack(chosen) ? 'usual place for' : 'prefer'} ${chosen.map(({ target }) => target).join(', ')}`,
        ...{ doubt: null, reason: null },
        give: () =>
          chosen.map(({ target, preferred }) => ({ name: 'PREFER_TARGET', ask: { target, preferred: !preferred } })),
      });
    },
  },
  {
    ...{
      name: 'retire',
      keys: ['x'],
      group: 'Orders',
      on: 'targets',
      about: 'build for this target no more; its files stay',
      when: may,
    },
    ...{ takes: 'TARGET …', complete: targetsIn },
    run: (monitor, named) => {
      const stranger = strangerIn(monitor, named);
      if (stranger) return [stranger, []];
      const chosen = meant(monitor, named);
      const words = chosen.map(({ target }) => target).join(', ');
      return giveOrder(monitor, {
        words: `retire ${words}`,
        doubt: `Build nothing more for ${words}?`,
        reason: null,
        give: () => chosen.map(({ target }) => ({ name: 'RETIRE_TARGET', ask: { target } })),
      });
    },
  },
];
