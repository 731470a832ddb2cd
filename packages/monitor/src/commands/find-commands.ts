import { outcome, reasonKind } from '@piw/wheel/outcome';
import { buildSearchOf, searchKeys } from '../state/build-search.ts';
import { goTo } from '../state/go.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import { typedLine } from '../state/typed.ts';
import { type Command, stepTo } from './command.ts';
import { labelsIn, packagesIn } from './known-words.ts';

const isAmongBuilds = ({ place }: Monitor): boolean => place.view === 'builds' || place.view === 'found';

/** How builds are looked for, however long ago they were. */
export const findCommands: readonly Command[] = [
  {
    ...{ name: 'find', keys: ['F'], group: 'List', hint: 'find', on: 'builds' },
    about: 'look for builds: find outcome=failure reason=missing-tool slave=rock-1 since=2d numpy',
    takes: 'WORDS',
    complete: (monitor) => [
      ...searchKeys.map((key) => `${key}=`),
      ...outcome.options.map((one) => `outcome=${one}`),
      ...reasonKind.options.map((one) => `reason=${one}`),
      ...labelsIn(monitor).map((one) => `slave=${one}`),
      ...packagesIn(monitor),
    ],
    when: isAmongBuilds,
    run: (monitor, words) =>
      stepTo(
        words === ''
          ? { ...monitor, prompt: { for: 'command', typed: typedLine(begun(monitor)) } }
          : found(monitor, words),
      ),
  },
];

/** A search is gone on with from its words. */
const begun = ({ place }: Monitor): string => `find ${place.view === 'found' ? `${place.search.words} ` : ''}`;

function found(monitor: Monitor, words: string): Monitor {
  try {
    return goTo(monitor, { view: 'found', search: buildSearchOf(words, monitor.nowMs) });
  } catch (error) {
    const { message, remedy } = error as Error & { readonly remedy?: string };
    return telling(monitor, 'odd', remedy === undefined ? message : `${message} ${remedy}`);
  }
}
