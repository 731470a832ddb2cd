import type { SlavePicture } from '@piw/wire/status-protocol';
import { telling } from '../state/notices.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';
import { picturesOf, slaveCommand } from './meant-slaves.ts';

/** What slaves build at this moment: it is named in the question, and that alone is skipped, whatever they build by the answer. */
const tasksOf = (slaves: readonly SlavePicture[]) => slaves.flatMap(({ task }) => task ?? []);

/** Skips what slaves build. */
export const skipTasks: Command = slaveCommand(
  {
    ...{ name: 'skip', keys: ['s'], hint: 'skip', on: 'slaves that build' },
    about: 'cancel what it builds, and never build that again',
  },
  (monitor) => tasksOf(picturesOf(monitor)).length > 0,
  (monitor, { slaves, words }) => {
    const all = [...(monitor.feed.board?.slaves.values() ?? [])];
    const tasks = tasksOf(all.filter(({ label }) => slaves === 'all' || slaves.includes(label)));
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
