import type { HelpEntry } from '../state/place.ts';
import { fit } from '../text/fit.ts';
import { type Line, line, span } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import type { PageView } from './view.ts';

const mostForKeys = 36;

/** The keys of the view that it was opened over, by what they are for. */
export const helpView = (entries: readonly HelpEntry[]): PageView => ({
  kind: 'page',
  wishes: () => [],
  lines: (_, width) => {
    const widest = Math.max(0, ...entries.map(({ keys }) => widthOf(keys)));
    const keysWidth = Math.min(mostForKeys, Math.floor(width / 2), widest);
    return entries.flatMap((entry, nth) => [...heading(entry, entries[nth - 1]), describe(entry, keysWidth)]);
  },
});

const heading = ({ group }: HelpEntry, before: HelpEntry | undefined): Line[] =>
  before?.group === group ? [] : [...(before ? [line('')] : []), line(span(group, 'strong'))];

const describe = ({ keys, about }: HelpEntry, width: number): Line =>
  line('  ', span(fit(keys, width), 'key'), '  ', about);
