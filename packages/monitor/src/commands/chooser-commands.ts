import { type ColumnChoice, columnChoice, withColumnsAt } from '../state/column-choice.ts';
import { goBack } from '../state/go.ts';
import { chosenRow } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Column } from '../table/table.ts';
import { viewAt } from '../views/views.ts';
import { type Command, stepTo } from './command.ts';

const choosing = ({ place }: Monitor): boolean => place.view === 'columns';

/** The monitor with other columns shown in the list that they are chosen for. */
function chosen(monitor: Monitor, change: (choice: ColumnChoice, column: Column) => readonly Column[]): Monitor {
  const { place } = monitor;
  const view = place.view === 'columns' ? viewAt(place.above) : null;
  if (place.view !== 'columns' || view?.kind !== 'list') return monitor;
  const choice = columnChoice(place.above, view, monitor);
  const column = [...choice.shown, ...choice.hidden].find(({ id }) => id === chosenRow(monitor)?.key);
  return column ? withColumnsAt(monitor, place.above, change(choice, column)) : monitor;
}

const toggled = ({ shown }: ColumnChoice, column: Column): readonly Column[] =>
  shown.includes(column) ? shown.filter((one) => one !== column) : [...shown, column];

/** Among those that are shown, one place on. */
const moved =
  (by: number) =>
  ({ shown }: ColumnChoice, column: Column): readonly Column[] => {
    const at = shown.indexOf(column);
    if (at < 0 || at + by < 0 || at + by >= shown.length) return shown;
    return shown.toSpliced(at, 1).toSpliced(at + by, 0, column);
  };

/** What can be done where columns are chosen. */
export const chooserCommands: readonly Command[] = [
  {
    ...{ name: 'show', keys: ['space', 'enter'], group: 'List', hint: 'show or hide', when: choosing },
    about: 'show the column, or hide it',
    run: (monitor) => stepTo(chosen(monitor, toggled)),
  },
  {
    ...{ name: 'earlier', keys: ['<', 'left', 'h'], group: 'List', hint: 'further left', when: choosing },
    about: 'move the column further left',
    run: (monitor) => stepTo(chosen(monitor, moved(-1))),
  },
  {
    ...{ name: 'later', keys: ['>', 'right', 'l'], group: 'List', hint: 'further right', when: choosing },
    about: 'move the column further right',
    run: (monitor) => stepTo(chosen(monitor, moved(1))),
  },
  {
    ...{ name: 'done', keys: ['c'], group: 'List', about: 'back to the list', when: choosing },
    run: (monitor) => stepTo(goBack(monitor)),
  },
];
