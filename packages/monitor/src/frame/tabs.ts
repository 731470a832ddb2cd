import type { List } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ViewName, viewNames, viewOf } from '../state/place.ts';
import { spread } from '../text/fit.ts';
import { type Line, line, type Span, span, textOf } from '../text/span.ts';
import { widthOf } from '../text/width.ts';

/** Where a tab is on its line. */
export interface Tab {
  readonly view: ViewName;
  readonly from: number;
  readonly to: number;
}

/** The views by their numbers, as wide as there is room for, and at the right what the list shows of all that there is. */
export function drawTabs(monitor: Monitor, list: List | null): { readonly line: Line; readonly tabs: readonly Tab[] } {
  const here = viewOf(monitor.place);
  const right = status(list);
  const room = monitor.size.columns - widthOf(textOf(right)) - 1;
  const texts = widths.map((draw) => viewNames.map((view, index) => draw(`${index + 1}`, view, view === here)));
  const fitting = texts.find((all) => widthOf(all.join('')) <= room) ?? texts.at(-1)!;
  const spans = fitting.map((text, index): Span => span(text, viewNames[index] === here ? 'key' : 'dim'));
  let at = 0;
  const tabs = fitting.map((text, index): Tab => {
    const from = at;
    at += widthOf(text);
    return { view: viewNames[index]!, from, to: at };
  });
  return { line: spread({ spans }, right, monitor.size.columns), tabs };
}

/** With names and room between them; with names; with that of the view where one is. */
const widths: readonly ((nth: string, view: ViewName, isHere: boolean) => string)[] = [
  (nth, view) => ` ${nth} ${titleOf(view)} `,
  (nth, view) => ` ${nth} ${titleOf(view)}`,
  (nth, view, isHere) => (isHere ? ` ${nth} ${titleOf(view)} ` : ` ${nth} `),
];

const titleOf = (view: ViewName): string => `${view.charAt(0).toUpperCase()}${view.slice(1)}`;

function status(list: List | null): Line {
  if (list === null) return line('');
  const { state, of, index } = list;
  const rows = list.rows.filter(({ head }) => !head);
  const nth = list.rows.slice(0, index + 1).filter(({ head }) => !head).length;
  const marked = state.marked.size > 0 ? `${state.marked.size} marked  ` : '';
  const filter = state.filter === '' ? '' : `/${state.filter}  `;
  const count = rows.length === of ? `${of}` : `${rows.length} of ${of}`;
  return line(span(marked, 'strong'), span(filter, 'key'), span(`${nth}/${count} `, 'dim'));
}
