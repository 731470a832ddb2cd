import type { HelpEntry } from '../state/place.ts';
import { fit } from '../text/fit.ts';
import { type Line, line, span } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { PageView } from './view.ts';

/** As wide as the keys of most commands; below longer ones what they are for begins on the next line. */
const mostForKeys = 36;
const margin = 2;

/** The keys of the view that it was opened over, by what they are for. */
export const helpView = (entries: readonly HelpEntry[]): PageView => ({
  kind: 'page',
  wishes: () => [],
  lines: (_, width) => {
    const widest = Math.max(0, ...entries.map(({ keys }) => widthOf(keys)));
    const keysWidth = Math.min(mostForKeys, Math.floor(width / 3), widest);
    return entries.flatMap((entry, nth) => [...heading(entry, entries[nth - 1]), ...describe(entry, keysWidth, width)]);
  },
});

const heading = ({ group }: HelpEntry, before: HelpEntry | undefined): Line[] =>
  before?.group === group ? [] : [...(before ? [line('')] : []), line(span(group, 'strong'))];

function describe({ keys, about }: HelpEntry, keysWidth: number, width: number): Line[] {
  const beside = widthOf(keys) <= keysWidth;
  const left = margin + keysWidth + margin;
  const lines = wrap(about, width - left);
  const lead = beside ? lines.slice(0, 1) : [];
  return [
    line(' '.repeat(margin), span(fit(keys, beside ? keysWidth : width - margin), 'key'), ' '.repeat(margin), ...lead),
    ...lines.slice(lead.length).map((one) => line(' '.repeat(left), one)),
  ];
}
