import type { HelpEntry } from '../state/place.ts';
import { fit } from '../text/fit.ts';
import { type Line, line, span } from '../text/span.ts';
import type { PageView } from './view.ts';

const keysWidth = 22;

/** The keys of the view that it was opened over, by what they are for. */
export const helpView = (entries: readonly HelpEntry[]): PageView => ({
  kind: 'page',
  wishes: () => [],
  lines: () => entries.flatMap((entry, index) => [...heading(entry, entries[index - 1]), describe(entry)]),
});

const heading = ({ group }: HelpEntry, before: HelpEntry | undefined): Line[] =>
  before?.group === group ? [] : [...(before ? [line('')] : []), line(span(group, 'strong'))];

const describe = ({ keys, about }: HelpEntry): Line => line('  ', span(fit(keys, keysWidth), 'key'), '  ', about);
