import { nearest } from '@piw/host/nearest';
import { slavesInOrder } from '@piw/wire/board-slaves';
import { answerTo } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';

/** The labels of the slaves that are in the picture. */
export const labelsIn = ({ feed: { board } }: Monitor): readonly string[] =>
  board ? slavesInOrder(board).map(({ label }) => label) : [];

/** What the farm builds for. */
export const targetsIn = ({ feed: { board } }: Monitor): readonly string[] =>
  (board?.farm.targets ?? []).map(({ target }) => target);

/** The packages that are in the picture: what was looked at, if the master knows it, is built and was built. */
export function packagesIn({ feed: { board }, looks, package: latest }: Monitor): readonly string[] {
  const slaves = [...(board?.slaves.values() ?? [])];
  const built = [
    ...slaves.flatMap(({ task }) => task?.package ?? []),
    ...(board?.builds ?? []).map((one) => one.package),
  ];
  const isThere = latest !== null && answerTo(looks, 'PACKAGE', { package: latest }) !== undefined;
  return [...new Set([...(isThere ? [latest] : []), ...built])];
}

/** The monitor that says that none of these is called so; null where one is, or where nothing is known of the farm. */
export function unknown(monitor: Monitor, what: string, word: string, known: readonly string[]): Monitor | null {
  if (monitor.feed.board === null || known.includes(word)) return null;
  const meant = nearest(word, known);
  const hint = meant === undefined ? 'Tab shows what there is.' : `Did you mean ${meant}?`;
  return telling(monitor, 'odd', `There is no ${what} ${word}. ${hint}`);
}
