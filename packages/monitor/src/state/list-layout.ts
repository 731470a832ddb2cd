import { chosenColumns } from '../table/choose-columns.ts';
import { marginWidth } from '../table/draw-table.ts';
import { type Layout, layOutAround, layOutColumns } from '../table/layout-columns.ts';
import type { ListView } from '../views/view.ts';
import type { List } from './list.ts';
import type { Monitor } from './monitor.ts';

/** The columns of a list that are seen: those that were chosen and that there is room for, the cell that is chosen among them. */
export function layOut(view: ListView, { state, cell }: List, monitor: Monitor): Layout {
  const columns = chosenColumns(view.columns(monitor), state.columns);
  const width = monitor.size.columns - marginWidth;
  return cell === null ? layOutColumns(columns, width, state.aside) : layOutAround(columns, width, cell);
}
