import { chosenColumns } from '../table/choose-columns.ts';
import type { Column } from '../table/table.ts';
import type { ListView } from '../views/view.ts';
import { untouched } from './list-state.ts';
import type { Monitor } from './monitor.ts';
import { type Place, placeKey } from './place.ts';

/** The columns of a list as their choice shows them: those that are shown, in their order, before those that aren't. */
export interface ColumnChoice {
  readonly shown: readonly Column[];
  readonly hidden: readonly Column[];
}

export function columnChoice(above: Place, view: ListView, monitor: Monitor): ColumnChoice {
  const all = view.columns(monitor);
  const shown = chosenColumns(all, (monitor.lists[placeKey(above)] ?? untouched).columns);
  return { shown, hidden: all.filter((column) => !shown.includes(column)) };
}

/** The monitor with those columns shown at that place. The last one stays. */
export function withColumnsAt(monitor: Monitor, above: Place, columns: readonly Column[]): Monitor {
  if (columns.length === 0) return monitor;
  const key = placeKey(above);
  const state = { ...(monitor.lists[key] ?? untouched), columns: columns.map(({ id }) => id), aside: 0 };
  return { ...monitor, lists: { ...monitor.lists, [key]: state } };
}
