import { nearest } from '@piw/host/nearest';
import { slavesInOrder } from '@piw/wire/board-slaves';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';

/** The labels of the slaves that are in the picture. */
export const labelsIn = ({ feed: { board } }: Monitor): readonly string[] =>
  board ? slavesInOrder(board).map(({ label }) => label) : [];

/** What the farm builds for. */
export const targetsIn = ({ feed: { board } }: Monitor): readonly string[] =>
  (board?.farm.targets ?? []).map(({ target }) => target);

/** The packages that are in the picture: what was looked at, is built and was built. */
export function packagesIn({ feed: { board }, package: latest }: Monitor): readonly string[] {
  const slaves = [...(board?.slaves.values() ?? [])];
  const built = [
    ...slaves.flatMap(({ task }) => task?.package ?? []),
    ...(board?.builds ?? []).map((one) => one.package),
  ];
  return [...new Set([...(latest === null ? [] : [latest]), ...built])];
}

/** The monitor that says that none of these is called so; null where one is, or where nothing is known of the farm. */
export function unknown(monitor: Monitor, what: string, word: string, known: readonly string[]): Monitor | null {
  if (monitor.feed.board === null || known.includes(word)) return null;
  const meant = nearest(word, known);
  const hint = meant === undefined ? 'Tab shows what there is.' : `Did you mean ${meant}?`;
  return telling(monitor, 'odd', `There is no ${what} ${word}. ${hint}`);
}
