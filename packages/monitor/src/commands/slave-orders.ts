import type { Given } from '@piw/operator/order';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { subjects } from '../state/list.ts';
import type { Order } from '../state/order.ts';
import { restraint } from '../state/restraint.ts';
import type { Command } from './command.ts';
import { giveOrder } from './give-order.ts';
import { isForAll, picturesOf, type Slaves, slaveCommand, tasksOf } from './meant-slaves.ts';
import { skipTasks } from './skip-tasks.ts';

interface SlaveOrder {
  readonly name: string;
  readonly key: string;
  readonly about: string;
  readonly hint?: NonNullable<Command['hint']>;
  readonly reason?: Order['reason'];
  /** What it is for, where not for slaves of any kind. */
  readonly on?: string;
  /** Whether there is anything in it for a slave (default: where it has not gone; for all slaves always). */
  readonly suits?: (slave: SlavePicture) => boolean;
  /** What is asked before it is given: where they build, and where nothing is built there. */
  readonly doubt?: { readonly building: (words: string) => string; readonly idle: (words: string) => string };
  readonly give: (slaves: Slaves, why: string | null) => Given;
}

const isHere = ({ state }: SlavePicture): boolean => state !== 'gone';

const asCommand = ({ name, key, give, doubt, reason = null, suits, ...texts }: SlaveOrder): Command =>
  slaveCommand(
    { name, keys: [key], ...texts },
    (monitor) => (suits === undefined && isForAll(monitor)) || picturesOf(monitor).some(suits ?? isHere),
    (monitor, whom) =>
      giveOrder(monitor, {
        words: `${name} ${whom.words}`,
        doubt: doubt ? (now) => doubt[tasksOf(whom.slaves, now).length > 0 ? 'building' : 'idle'](whom.words) : null,
        reason,
        give: (why) => [give(whom.slaves, why)],
      }),
  );

/** Orders to slaves, and to the master itself. */
export const slaveCommands: readonly Command[] = [
  asCommand({
    ...{ name: 'pause', key: 'p', hint: 'pause', reason: 'may', about: 'give it no further work' },
    give: (slaves, why) => ({ name: 'PAUSE', ask: { slaves, why } }),
  }),
  asCommand({
    ...{ name: 'resume', key: 'r', hint: 'resume', about: 'give it work again' },
    give: (slaves) => ({ name: 'RESUME', ask: { slaves } }),
  }),
  skipTasks,
  asCommand({
    ...{ name: 'halt', key: 'H', hint: 'halt', reason: 'may', about: 'pause it, and cancel what it builds' },
    doubt: {
      building: (words) => `Pause ${words} and cancel what is built there?`,
      idle: (words) => `Pause ${words}? Nothing is built there now.`,
    },
    give: (slaves, why) => ({ name: 'HALT', ask: { slaves, why } }),
  }),
  asCommand({
    ...{ name: 'drain', key: 'd', hint: 'drain', about: 'let it finish its build, then stop' },
    doubt: {
      building: (words) => `Stop ${words} after what is built there now?`,
      idle: (words) => `Stop ${words}? Nothing is built there now.`,
    },
    give: (slaves) => ({ name: 'DRAIN', ask: { slaves } }),
  }),
  asCommand({
    ...{ name: 'kill', key: 'K', hint: 'kill', reason: 'may', about: 'cancel what it builds, and stop it at once' },
    doubt: {
      building: (words) => `Kill ${words}, and cancel what is built there?`,
      idle: (words) => `Kill ${words}? Nothing is built there now.`,
    },
    give: (slaves, why) => ({ name: 'KILL', ask: { slaves, why } }),
  }),
  asCommand({
    ...{ name: 'restart', key: 'R', about: 'start it again when it is idle, or has gone' },
    hint: (monitor) => (picturesOf(monitor).every(isHere) || isForAll(monitor) ? undefined : 'restart'),
    suits: () => true,
    give: (slaves) => ({ name: 'RESTART', ask: { slaves } }),
  }),
  asCommand({
    ...{ name: 'lift', key: 'u', hint: 'lift', on: 'slaves in quarantine', about: 'let it out of quarantine' },
    suits: ({ quarantine }) => quarantine !== null,
    give: (slaves) => ({ name: 'LIFT', ask: { slaves } }),
  }),
  {
    ...{
      name: 'terminate',
      keys: ['t'],
      group: 'Orders',
      on: 'the master',
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
