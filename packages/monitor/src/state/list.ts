import { filtered, sorted } from '../table/arrange.ts';
import type { Row } from '../table/table.ts';
import { viewAt } from '../views/views.ts';
import { type ListState, untouched } from './list-state.ts';
import type { Monitor } from './monitor.ts';
import { oncePer } from './once-per.ts';
import { placeKey } from './place.ts';
import type { Ref } from './ref.ts';

/** The list where the operator is, as they chose it. */
export interface List {
  readonly state: ListState;
  /** Those that the filter lets through, in order. */
  readonly rows: readonly Row[];
  /** The place of the chosen row among them; -1 where there are none. */
  readonly index: number;
  /** How many there are without the filter. */
  readonly of: number;
}

/** It, of a monitor; null where there is no list. */
export const listOf = oncePer((monitor: Monitor): List | null => {
  const view = viewAt(monitor.place);
  if (view.kind !== 'list') return null;
  const state = listState(monitor);
  const all = view.rows(monitor);
  const rows = sorted(filtered(all, state.filter), state.sorting);
  return { state, rows, index: placeOfChosen(rows, state), of: all.length };
});

export const listState = (monitor: Monitor): ListState => monitor.lists[placeKey(monitor.place)] ?? untouched;

/** The monitor with something changed in the list where it is. */
export const withList = (monitor: Monitor, change: Partial<ListState>): Monitor => ({
  ...monitor,
  lists: { ...monitor.lists, [placeKey(monitor.place)]: { ...listState(monitor), ...change } },
});

/** The chosen row; undefined where there is none. */
export function chosenRow(monitor: Monitor): Row | undefined {
  const list = listOf(monitor);
  return list?.rows[list.index];
}

/** What an order acts on: the marked rows, else the chosen one, else what the page is about. */
export function subjects(monitor: Monitor): readonly Ref[] {
  const list = listOf(monitor);
  if (list === null) return aboutPage(monitor);
  const { marked } = list.state;
  const chosen = list.rows[list.index];
  const rows = marked.size > 0 ? list.rows.filter(({ key }) => marked.has(key)) : chosen ? [chosen] : [];
  return rows.map(({ ref }) => ref);
}

function aboutPage({ place, feed: { board } }: Monitor): readonly Ref[] {
  if (place.view === 'slave') {
    const slave = [...(board?.slaves.values() ?? [])].find(({ label }) => label === place.label);
    return slave ? [{ of: 'slave', slave }] : [];
  }
  if (place.view !== 'build') return [];
  const build = board?.builds.find(({ attempt }) => attempt === place.attempt);
  return build ? [{ of: 'build', build }] : [];
}

/** A row that vanished leaves its place to its neighbour. */
function placeOfChosen(rows: readonly Row[], { chosen, index }: ListState): number {
  const found = chosen === null ? -1 : rows.findIndex(({ key }) => key === chosen);
  return found >= 0 ? found : Math.min(chosen === null ? 0 : index, rows.length - 1);
}
