import { seenLog } from '../frame/seen-log.ts';
import { widthOf } from '../text/width.ts';
import type { ListView } from '../views/view.ts';
import { viewAt } from '../views/views.ts';
import { chosenAttention, nextAttention } from './chosen-attention.ts';
import { type List, listOf, withList } from './list.ts';
import { layOut } from './list-layout.ts';
import type { Monitor } from './monitor.ts';

/** The monitor with what is beside shown: other attention, the next cell or column of a list, more of a log's long lines. */
export function aside(monitor: Monitor, by: 1 | -1): Monitor {
  if (chosenAttention(monitor) !== null) return nextAttention(monitor, by);
  const view = viewAt(monitor.place);
  const list = listOf(monitor);
  if (view.kind !== 'list' || list === null) return logAside(monitor, by);
  return view.cells ? nextCell(monitor, list, view.cells(monitor), by) : columnsAside(monitor, view, list, by);
}

/** Before the first cell is the whole row. */
function nextCell(monitor: Monitor, { cell }: List, cells: readonly string[], by: number): Monitor {
  const at = (cell === null ? -1 : cells.indexOf(cell)) + by;
  return withList(monitor, { cell: at < 0 ? null : (cells[at] ?? cell) });
}

function columnsAside(monitor: Monitor, view: ListView, list: List, by: number): Monitor {
  const { before, after } = layOut(view, list, monitor);
  return (by > 0 ? after : before) ? withList(monitor, { aside: list.state.aside + by }) : monitor;
}

/** Half a screen at once, as far as one of the lines that are seen goes on. */
function logAside(monitor: Monitor, by: number): Monitor {
  const { reading, size } = monitor;
  if (monitor.log === null || reading.wrapped) return monitor;
  const half = Math.max(1, Math.floor(size.columns / 2));
  const widest = Math.max(0, ...seenLog(monitor).map(({ text }) => widthOf(text)));
  const goesOn = widest - reading.left > size.columns;
  if (by > 0 && !goesOn) return monitor;
  return { ...monitor, reading: { ...reading, left: Math.max(0, reading.left + by * half) } };
}
