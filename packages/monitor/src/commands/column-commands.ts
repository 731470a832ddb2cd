import { columnsGrouping, columnsOf } from '../state/columns.ts';
import { goTo } from '../state/go.ts';
import { listState, withList } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { telling } from '../state/notices.ts';
import { columnCalled, noSuchColumn } from '../table/choose-columns.ts';
import { type Command, stepTo } from './command.ts';

const mayChoose = (monitor: Monitor): boolean => monitor.place.view !== 'columns' && columnsOf(monitor).length > 0;

/** Which columns a list shows, and by which its rows are grouped. */
export const columnCommands: readonly Command[] = [
  {
    ...{
      name: 'columns',
      keys: ['c'],
      group: 'List',
      takes: 'NAME,NAME … | usual | all',
      on: 'tables',
      when: mayChoose,
    },
    about: 'choose the columns that are shown',
    complete: (monitor) => [...ids(monitor), 'usual', 'all'],
    run: (monitor, words) =>
      stepTo(
        words === ''
          ? goTo(monitor, { view: 'columns', above: monitor.place })
          : withColumns(monitor, words.split(/[\s,]+/)),
      ),
  },
  {
    ...{ name: 'group', keys: ['b'], group: 'List', takes: 'COLUMN | none', on: 'builders' },
    about: 'group the rows by platform, then by the next column that they can be grouped by, then no more',
    when: (monitor) => columnsGrouping(monitor).length > 0,
    complete: (monitor) => [...columnsGrouping(monitor).map(({ id }) => id), 'none'],
    run: (monitor, words) => stepTo(words === '' ? groupedByNext(monitor) : groupedBy(monitor, words)),
  },
];

const ids = (monitor: Monitor): readonly string[] => columnsOf(monitor).map(({ id }) => id);

/** Nothing changes where one of the names is none. */
function withColumns(monitor: Monitor, words: readonly string[]): Monitor {
  const all = columnsOf(monitor);
  if (all.length === 0) return telling(monitor, 'odd', 'There are no columns here.');
  const [only] = words;
  if (words.length === 1 && only === 'usual') return withList(monitor, { columns: null, aside: 0 });
  if (words.length === 1 && only === 'all') return withList(monitor, { columns: ids(monitor), aside: 0 });
  const wanted = words.filter((word) => word !== '');
  const unknown = wanted.find((word) => !columnCalled(all, word));
  if (unknown !== undefined) return telling(monitor, 'odd', noSuchColumn(all, unknown));
  const chosen = new Set(wanted.flatMap((word) => columnCalled(all, word)?.id ?? []));
  return withList(monitor, { columns: [...chosen], aside: 0 });
}

function groupedBy(monitor: Monitor, word: string): Monitor {
  if (word === 'none') return withList(monitor, { group: null });
  const all = columnsGrouping(monitor);
  const column = columnCalled(all, word);
  if (column) return withList(monitor, { group: column.id });
  if (all.length === 0) return telling(monitor, 'odd', 'Nothing here can be grouped.');
  const names = all.map(({ id }) => id).join(', ');
  return telling(monitor, 'odd', `Rows can't be grouped by ${word}. They can by ${names}, or none.`);
}

function groupedByNext(monitor: Monitor): Monitor {
  const all = columnsGrouping(monitor).map(({ id }) => id);
  const { group } = listState(monitor);
  return withList(monitor, { group: all[group === null ? 0 : all.indexOf(group) + 1] ?? null });
}
