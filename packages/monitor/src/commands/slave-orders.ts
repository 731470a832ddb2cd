import type { Given } from '@piw/operator/order';
import type { Question } from '@piw/wire/control-protocol';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import type { Order } from '../state/order.ts';
import { restraint } from '../state/restraint.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';
import { labelsIn, unknown } from './known-words.ts';

type Slaves = Question<'RESUME'>['slaves'];

/** Slaves that an order is for, and how they are spoken of. */
interface Meant {
  readonly slaves: Slaves;
  readonly words: string;
}

/** What the operator points at, of slaves: the master's row stands for all of them. */
function pointed(monitor: Monitor): Meant | null {
  if (isForAll(monitor)) return { slaves: 'all', words: 'all slaves' };
  const labels = picturesOf(monitor).map(({ label }) => label);
  return labels.length === 0 ? null : named(labels);
}

const isForAll = (monitor: Monitor): boolean => subjects(monitor).some(({ of }) => of === 'master');

function picturesOf(monitor: Monitor): readonly SlavePicture[] {
  if (isForAll(monitor)) return [...(monitor.feed.board?.slaves.values() ?? [])];
  return subjects(monitor).flatMap((ref) => (ref.of === 'slave' ? [ref.slave] : []));
}

const named = (labels: readonly string[]): Meant => ({
  slaves: [...labels],
  words:
    labels.length === 1
      ? labels[0]!
      : `${labels.length} slaves (${labels.slice(0, 3).join(', ')}${labels.length > 3 ? ' …' : ''})`,
});

/** After a `:` slaves are named, or all of them. */
const meant = (monitor: Monitor, words: string): Meant | null => {
  if (words === '') return pointed(monitor);
  return words === 'all' ? { slaves: 'all', words: 'all slaves' } : named(words.split(/[\s,]+/));
};

/** The monitor that says which of the slaves that were named there isn't. */
const strangerIn = (monitor: Monitor, { slaves }: Meant): Monitor | undefined =>
  slaves === 'all'
    ? undefined
    : slaves.flatMap((label) => unknown(monitor, 'slave', label, labelsIn(monitor)) ?? [])[0];

interface SlaveOrder {
  readonly name: string;
  readonly key: string;
  readonly about: string;
  readonly hint?: NonNullable<Command['hint']>;
  readonly reason?: Order['reason'];
  /** Whether there is anything in it for a slave (default: where it has not gone; for all slaves always). */
  readonly suits?: (slave: SlavePicture) => boolean;
  /** What is asked before it is given. */
  readonly doubt?: (words: string) => string;
  readonly give: (slaves: Slaves, why: string | null) => Given;
}

/** What slaves build at this moment: it is named in the question, and that alone is skipped, whatever they build by the answer. */
const tasksOf = (slaves: readonly SlavePicture[]) => slaves.flatMap(({ task }) => task ?? []);

const isHere = ({ state }: SlavePicture): boolean => state !== 'gone';

const orders: readonly SlaveOrder[] = [
  {
    ...{ name: 'pause', key: 'p', hint: 'pause', reason: 'may', about: 'give it no further work' },
    give: (slaves, why) => ({ name: 'PAUSE', ask: { slaves, why } }),
  },
  {
    ...{ name: 'resume', key: 'r', hint: 'resume', about: 'give it work again' },
    give: (slaves) => ({ name: 'RESUME', ask: { slaves } }),
  },
  {
    ...{ name: 'halt', key: 'H', hint: 'halt', reason: 'may', about: 'pause it, and cancel what it builds' },
    doubt: (words) => `Pause ${words} and cancel what is built there?`,
    give: (slaves, why) => ({ name: 'HALT', ask: { slaves, why } }),
  },
  {
    ...{ name: 'drain', key: 'd', hint: 'drain', about: 'let it finish its build, then stop' },
    doubt: (words) => `Stop ${words} after what is built there now?`,
    give: (slaves) => ({ name: 'DRAIN', ask: { slaves } }),
  },
  {
    ...{ name: 'kill', key: 'K', hint: 'kill', reason: 'may', about: 'cancel what it builds, and stop it at once' },
    doubt: (words) => `Kill ${words}, and cancel what is built there?`,
    give: (slaves, why) => ({ name: 'KILL', ask: { slaves, why } }),
  },
  {
    ...{ name: 'restart', key: 'R', about: 'start it again when it is idle, or has gone' },
    hint: (monitor) => (picturesOf(monitor).every(isHere) || isForAll(monitor) ? undefined : 'restart'),
    suits: () => true,
    give: (slaves) => ({ name: 'RESTART', ask: { slaves } }),
  },
  {
    ...{ name: 'lift', key: 'u', hint: 'lift', about: 'let it out of quarantine' },
    suits: ({ quarantine }) => quarantine !== null,
    give: (slaves) => ({ name: 'LIFT', ask: { slaves } }),
  },
];

const asCommand = ({ name, key, give, doubt, reason = null, suits, ...texts }: SlaveOrder): Command => ({
  ...{ name, keys: [key], group: 'Orders', takes: 'LABEL … | all', ...texts },
  complete: (monitor) => [...labelsIn(monitor), 'all'],
  when: (monitor) =>
    restraint(monitor) === null &&
    ((suits === undefined && isForAll(monitor)) || picturesOf(monitor).some(suits ?? isHere)),
  run: (monitor, words) => {
    const whom = meant(monitor, words);
    if (whom === null) return [monitor, []];
    const stranger = words === '' ? undefined : strangerIn(monitor, whom);
    if (stranger) return [stranger, []];
    return giveOrder(monitor, {
      words: `${name} ${whom.words}`,
      doubt: doubt?.(whom.words) ?? null,
      reason,
      give: (why) => [give(whom.slaves, why)],
    });
  },
});

const skip: Command = {
  ...{ name: 'skip', keys: ['s'], group: 'Orders', hint: 'skip', takes: 'LABEL … | all' },
  about: 'cancel what it builds, and never build that again',
  complete: (monitor) => [...labelsIn(monitor), 'all'],
  when: (monitor) => restraint(monitor) === null && tasksOf(picturesOf(monitor)).length > 0,
  run: (monitor, words) => {
    const whom = meant(monitor, words);
    if (whom === null) return [monitor, []];
    const stranger = words === '' ? undefined : strangerIn(monitor, whom);
    if (stranger) return [stranger, []];
    const all = [...(monitor.feed.board?.slaves.values() ?? [])];
    const tasks = tasksOf(all.filter(({ label }) => whom.slaves === 'all' || whom.slaves.includes(label)));
    if (tasks.length === 0) return [telling(monitor, 'odd', `Nothing is built by ${whom.words}.`), []];
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
};

/** Orders to slaves, and to the master itself. */
export const slaveCommands: readonly Command[] = [
  ...orders.slice(0, 2).map(asCommand),
  skip,
  ...orders.slice(2).map(asCommand),
  {
    ...{
      name: 'terminate',
      keys: ['t'],
      group: 'Orders',
      about: 'stop the master; slaves of other machines go on and wait for it',
    },
    when: (monitor) => restraint(monitor) === null && subjects(monitor).some(({ of }) => of === 'master'),
    run: (monitor) =>
      giveOrder(monitor, {
        words: 'stop the master',
        doubt: 'Stop the master? Slaves of other machines go on and wait for it.',
        reason: null,
        give: () => [{ name: 'STOP', ask: {} }],
      }),
  },
];
