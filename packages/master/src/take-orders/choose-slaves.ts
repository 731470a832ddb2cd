import { nearest } from '@piw/host/nearest';
import { Refusal } from '@piw/host/operator-error';
import type { SlavePicture } from '@piw/wire/status-protocol';
import type { Line } from './carry-out.ts';

/** The slaves that an order is about, and the labels that are no slave's. */
export interface Chosen<S> {
  readonly slaves: readonly S[];
  readonly refused: readonly Line[];
}

/** The slaves with these labels, each once. Throws a Refusal where no label is any slave's; else those that aren't are refused by themselves. */
export function chooseSlaves<S extends { readonly label: string }>(
  labels: readonly string[],
  known: readonly S[],
): Chosen<S> {
  const byLabel = new Map(known.map((slave) => [slave.label, slave]));
  const unique = [...new Set(labels)];
  const unknown = unique.filter((label) => !byLabel.has(label));
  const slaves = unique.map((label) => byLabel.get(label)).filter((slave) => slave !== undefined);
  if (slaves.length === 0)
    throw new Refusal(
      unknown.map((label) => noSuchSlave(label, byLabel)).join(' '),
      '"piw-control slaves" lists them.',
    );
  return { slaves, refused: unknown.map((label) => ({ subject: label, text: noSuchSlave(label, byLabel) })) };
}

/** Whether somebody is there to hear an order. */
export const isHere = ({ state }: SlavePicture): boolean => state !== 'lost' && state !== 'gone' && state !== 'refused';

/** Those who hear an order at once; who is away is refused, but for those named who are away as the order allows. */
export function choosePresent(
  which: readonly string[] | 'all',
  pictures: readonly SlavePicture[],
  awayToo: SlavePicture['state'] | null = null,
): Chosen<SlavePicture> {
  if (which === 'all') return { slaves: pictures.filter(isHere), refused: [] };
  const { slaves, refused } = chooseSlaves(which, pictures);
  const fits = (slave: SlavePicture): boolean => isHere(slave) || slave.state === awayToo;
  const away = slaves.filter((slave) => !fits(slave));
  return {
    slaves: slaves.filter(fits),
    refused: [...refused, ...away.map(({ label, state }) => ({ subject: label, text: `${label} is ${state}.` }))],
  };
}

/** What a slave builds, in words; empty where it builds nothing. */
export const taskText = ({ task }: Pick<SlavePicture, 'task'>): string =>
  task ? `${task.package} ${task.version} for ${task.target}` : '';

function noSuchSlave(label: string, known: ReadonlyMap<string, unknown>): string {
  const meant = nearest(label, known.keys());
  return `There is no slave ${label}.${meant === undefined ? '' : ` Is it ${meant}?`}`;
}
