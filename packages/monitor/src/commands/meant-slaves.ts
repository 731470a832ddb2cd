import type { Question } from '@piw/wire/control-protocol';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { subjects } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { restraint } from '../state/restraint.ts';
import type { Command, Step } from './command.ts';
import { labelsIn, unknown } from './known-words.ts';

/** Slaves as control takes them. */
export type Slaves = Question<'RESUME'>['slaves'];

/** Slaves that an order is for, and how they are spoken of. */
export interface Meant {
  readonly slaves: Slaves;
  readonly words: string;
}

/** What the operator points at, of slaves: the master's row stands for all of them. */
function pointed(monitor: Monitor): Meant | null {
  if (isForAll(monitor)) return { slaves: 'all', words: 'all slaves' };
  const labels = picturesOf(monitor).map(({ label }) => label);
  return labels.length === 0 ? null : named(labels);
}

/** Whether the master's row is among what they point at. */
export const isForAll = (monitor: Monitor): boolean => subjects(monitor).some(({ of }) => of === 'master');

/** The slaves that they point at. */
export function picturesOf(monitor: Monitor): readonly SlavePicture[] {
  if (isForAll(monitor)) return [...(monitor.feed.board?.slaves.values() ?? [])];
  return subjects(monitor).flatMap((ref) => (ref.of === 'slave' ? [ref.slave] : []));
}

/** What slaves build at this moment. */
export const tasksOf = (slaves: Slaves, { feed: { board } }: Monitor) =>
  [...(board?.slaves.values() ?? [])].flatMap(({ label, task }) =>
    task !== null && (slaves === 'all' || slaves.includes(label)) ? [task] : [],
  );

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

/** What a command to slaves is called and tells of itself. */
export type SlaveCommandTexts = Pick<Command, 'name' | 'keys' | 'about' | 'hint' | 'on'>;

/** A command to slaves: those that are pointed at, or after a `:` those that are named. `suits` says whether it is of use to who is pointed at. */
export const slaveCommand = (
  texts: SlaveCommandTexts,
  suits: (monitor: Monitor) => boolean,
  run: (monitor: Monitor, whom: Meant) => Step,
): Command => ({
  ...{ on: 'slaves', ...texts, group: 'Orders', takes: 'LABEL … | all' },
  complete: (monitor) => [...labelsIn(monitor), 'all'],
  when: (monitor) => restraint(monitor) === null && suits(monitor),
  run: (monitor, words) => {
    const whom = meant(monitor, words);
    if (whom === null) return [monitor, []];
    const stranger = words === '' ? undefined : strangerIn(monitor, whom);
    return stranger ? [stranger, []] : run(monitor, whom);
  },
});
