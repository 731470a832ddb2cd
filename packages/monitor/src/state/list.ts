import { oncePer } from '@piw/operator/once-per';
import { slaveLabelled } from '@piw/wire/board-slaves';
import { filtered, sorted } from '../table/arrange.ts';
import { grouped } from '../table/group-rows.ts';
import type { Row } from '../table/table.ts';
import { viewAt } from '../views/views.ts';
import { chosenAttention } from './chosen-attention.ts';
import { type ListState, untouched } from './list-state.ts';
import { answerTo } from './look.ts';
import type { Monitor } from './monitor.ts';
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
  /** The cell of the chosen row where the operator is, by its column; null: they are on the whole row. */
  readonly cell: string | null;
}

/** It, of a monitor; null where there is no list. */
export const listOf = oncePer((monitor: Monitor): List | null => {
  const view = viewAt(monitor.place);
  if (view.kind !== 'list') return null;
  const state = listState(monitor);
  const all = view.rows(monitor);
  const inOrder = sorted(filtered(all, state.filter), state.sorting);
  const groups = view.columns(monitor).some(({ id, groups: its }) => id === state.group && its !== undefined);
  const rows = grouped(inOrder, groups ? state.group : null, view.summary ?? (() => []));
  const cell = view.cells?.(monitor).find((id) => id === state.cell) ?? null;
  return { state, rows, index: placeOfChosen(rows, state), of: all.length, cell };
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
  const { marked } = list?.state ?? untouched;
  if (list !== null && marked.size > 0)
    return list.rows.filter(({ key }) => marked.has(key)).map((row) => refOf(row, list));
  const attention = chosenAttention(monitor);
  if (attention !== null) return aboutSlave(attention.subject, monitor);
  if (list === null) return aboutPage(monitor);
  const chosen = list.rows[list.index];
  return chosen === undefined ? [] : (chosen.head?.rows ?? [chosen]).map((row) => refOf(row, list));
}

/** Of a cell that is chosen what that stands for; every marked row is meant in the same column. */
const refOf = (row: Row, { cell }: List): Ref => (cell === null ? null : row.cellRef(cell)) ?? row.ref;

function aboutSlave(label: string, { feed: { board } }: Monitor): readonly Ref[] {
  const slave = board ? slaveLabelled(board, label) : undefined;
  return slave ? [{ of: 'slave', slave }] : [];
}

function aboutPage(monitor: Monitor): readonly Ref[] {
  const { place } = monitor;
  if (place.view === 'slave') return aboutSlave(place.label, monitor);
  if (place.view !== 'build') return [];
  const { attempt } = place;
  const build =
    monitor.feed.board?.builds.find((one) => one.attempt === attempt) ??
    answerTo(monitor.looks, 'BUILD', { attempt })?.build;
  return build ? [{ of: 'build', build }] : [];
}

/** A row that vanished leaves its place to its neighbour. */
function placeOfChosen(rows: readonly Row[], { chosen, index }: ListState): number {
  const found = chosen === null ? -1 : rows.findIndex(({ key }) => key === chosen);
  return found >= 0 ? found : Math.min(chosen === null ? 0 : index, rows.length - 1);
}
