import { chosenColumns } from '../table/choose-columns.ts';
import type { Column } from '../table/table.ts';
import { viewAt } from '../views/views.ts';
import { listState } from './list.ts';
import type { Monitor } from './monitor.ts';

/** All columns that the list where the operator is could show; none where there is no list. */
export function columnsOf(monitor: Monitor): readonly Column[] {
  const view = viewAt(monitor.place);
  return view.kind === 'list' ? view.columns(monitor) : [];
}

/** Those of them that are chosen. */
export const columnsShown = (monitor: Monitor): readonly Column[] =>
  chosenColumns(columnsOf(monitor), listState(monitor).columns);

/** Those by which its rows can be grouped, the most usual first. */
export const columnsGrouping = (monitor: Monitor): readonly Column[] =>
  columnsOf(monitor)
    .filter(({ groups }) => groups !== undefined)
    .toSorted((a, b) => a.groups! - b.groups!);
