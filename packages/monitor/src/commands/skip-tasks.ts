import { telling } from '../state/notices.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';
import { picturesOf, slaveCommand, tasksOf } from './meant-slaves.ts';

/** Skips what slaves build at this moment: it is named in the question, and that alone is skipped, whatever they build by the answer. */
export const skipTasks: Command = slaveCommand(
  {
    ...{ name: 'skip', keys: ['s'], hint: 'skip', on: 'slaves that build' },
    about: 'cancel what it builds, and never build that again',
  },
  (monitor) => picturesOf(monitor).some(({ task }) => task !== null),
  (monitor, { slaves, words }) => {
    const tasks = tasksOf(slaves, monitor);
    if (tasks.length === 0) return [telling(monitor, 'odd', `Nothing is built by ${words}.`), []];
    const names = tasks.map((task) => `${task.package} ${task.version} for ${task.target}`);
    const what = names.length > 3 ? `${names.length} builds (${names.slice(0, 3).join(', ')} …)` : names.join(', ');
    return giveOrder(monitor, {
      words: `skip ${what}`,
      doubt: `Skip ${what}, and never build ${names.length === 1 ? 'it' : 'them'} again?`,
      reason: 'must',
      give: (why) =>
        tasks.map(({ package: name, version, target }) => ({
          name: 'SKIP',
          ask: { what: { package: name, version, target }, why: why ?? '' },
        })),
    });
  },
);
