import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Ref } from '../state/ref.ts';
import { restraint } from '../state/restraint.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';

const targets = (monitor: Monitor): readonly Extract<Ref, { of: 'target' }>[] =>
  subjects(monitor).flatMap((ref) => (ref.of === 'target' ? [ref] : []));

const may = (monitor: Monitor): boolean => restraint(monitor) === null && targets(monitor).length > 0;

/** Orders about what the farm builds for. */
export const targetCommands: readonly Command[] = [
  {
    ...{ name: 'prefer', keys: ['P'], group: 'Orders', hint: 'prefer', when: may },
    about: 'build for this target before the others, or no longer',
    run: (monitor) => {
      const chosen = targets(monitor);
      return giveOrder(monitor, {
        words: `prefer ${chosen.map(({ target }) => target).join(', ')}`,
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
      about: 'build for this target no more; its files stay',
      when: may,
    },
    run: (monitor) => {
      const chosen = targets(monitor);
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
