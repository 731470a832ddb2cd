import { columnsOf, columnsShown } from '../state/columns.ts';
import { chosenRow, listOf, withList } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { choose } from '../state/move.ts';
import { telling } from '../state/notices.ts';
import { typedLine } from '../state/typed.ts';
import { faultOfFilter } from '../table/arrange.ts';
import { columnCalled, noSuchColumn } from '../table/choose-columns.ts';
import { viewAt } from '../views/views.ts';
import { type Command, stepTo } from './command.ts';

const on = 'tables';

const inList = (monitor: Monitor): boolean => viewAt(monitor.place).kind === 'list';

/** What can be done with any list. */
export const listCommands: readonly Command[] = [
  {
    ...{ name: 'filter', keys: ['/'], group: 'List', hint: 'filter', takes: 'PATTERN', on, when: inList },
    about: 'show the rows that match a regular expression; ! before it: that do not',
    run: (monitor, words) => {
      const before = listOf(monitor)?.state.filter ?? '';
      if (words !== '') return stepTo(filteredBy(monitor, words));
      return stepTo({ ...monitor, prompt: { for: 'filter', typed: typedLine(before), before } });
    },
  },
  {
    ...{
      name: 'sort',
      keys: ['o'],
      group: 'List',
      about: 'sort by the next column',
      takes: 'COLUMN',
      on,
      when: inList,
    },
    complete: (monitor) => columnsOf(monitor).map(({ id }) => id),
    run: (monitor, words) => stepTo(words === '' ? sortByNext(monitor) : sortByTitle(monitor, words)),
  },
  {
    ...{ name: 'reverse', keys: ['O'], group: 'List', about: 'sort the other way round', on },
    when: inList,
    run: (monitor) => {
      const sorting = listOf(monitor)?.state.sorting ?? null;
      if (sorting === null) return stepTo(telling(monitor, 'odd', 'Nothing is sorted: o sorts by the next column.'));
      return stepTo(withList(monitor, { sorting: { ...sorting, descending: !sorting.descending } }));
    },
  },
  {
    ...{
      name: 'mark',
      keys: ['space'],
      group: 'List',
      about: 'mark the row: orders act on what is marked',
      hint: 'mark',
      on: 'rows',
    },
    when: (monitor) => chosenRow(monitor) !== undefined && monitor.place.view !== 'columns',
    run: (monitor) => stepTo(toggled(monitor)),
  },
  {
    ...{
      name: 'mark-all',
      keys: ['*'],
      group: 'List',
      about: 'mark all rows that are shown, or none',
      on,
      when: inList,
    },
    run: (monitor) => {
      const list = listOf(monitor);
      if (!list) return stepTo(monitor);
      const marked = list.state.marked.size > 0 ? [] : list.rows.filter(({ head }) => !head).map(({ key }) => key);
      return stepTo(withList(monitor, { marked: new Set(marked) }));
    },
  },
];

/** Who names a filter isn't typing it any more, and is told what is wrong with it. */
function filteredBy(monitor: Monitor, filter: string): Monitor {
  const after = withList(monitor, { filter, top: 0 });
  const fault = faultOfFilter(filter);
  return fault === null ? after : telling(after, 'odd', `${filter}: ${fault}, so it is looked for as it is.`);
}

function toggled(monitor: Monitor): Monitor {
  const list = listOf(monitor);
  const row = list?.rows[list.index];
  if (!list || !row) return monitor;
  const keys = (row.head?.rows ?? [row]).map(({ key }) => key);
  const { marked: before } = list.state;
  const marked = keys.every((key) => before.has(key))
    ? new Set([...before].filter((key) => !keys.includes(key)))
    : new Set([...before, ...keys]);
  return choose(withList(monitor, { marked }), list.index + 1);
}

/** By the column, then the other way round, then in the usual order again. */
export function sortBy(monitor: Monitor, column: string): Monitor {
  const sorting = listOf(monitor)?.state.sorting ?? null;
  if (sorting?.column !== column) return withList(monitor, { sorting: { column, descending: false } });
  return withList(monitor, { sorting: sorting.descending ? null : { column, descending: true } });
}

function sortByNext(monitor: Monitor): Monitor {
  const ids = columnsShown(monitor).map(({ id }) => id);
  const now = listOf(monitor)?.state.sorting?.column;
  const next = ids[now === undefined ? 0 : ids.indexOf(now) + 1];
  return withList(monitor, { sorting: next === undefined ? null : { column: next, descending: false } });
}

function sortByTitle(monitor: Monitor, words: string): Monitor {
  const all = columnsOf(monitor);
  const column = columnCalled(all, words);
  return column ? sortBy(monitor, column.id) : telling(monitor, 'odd', noSuchColumn(all, words));
}
