import type { List } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ViewName, viewNames, viewOf } from '../state/place.ts';
import { spread, widthOf } from '../text/fit.ts';
import { type Line, line, type Span, span } from '../text/span.ts';

/** Where a tab is on its line. */
export interface Tab {
  readonly view: ViewName;
  readonly from: number;
  readonly to: number;
}

/** The views by their numbers, and at the right what the list shows of all that there is. */
export function drawTabs(monitor: Monitor, list: List | null): { readonly line: Line; readonly tabs: readonly Tab[] } {
  const here = viewOf(monitor.place);
  const spans: Span[] = [];
  const tabs: Tab[] = [];
  let at = 0;
  for (const [index, view] of viewNames.entries()) {
    const text = ` ${index + 1} ${titleOf(view)} `;
    spans.push(span(text, view === here ? 'key' : 'dim'));
    tabs.push({ view, from: at, to: at + widthOf(text) });
    at += widthOf(text);
  }
  return { line: spread({ spans }, status(list), monitor.size.columns), tabs };
}

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
