import { byFarmClock } from '@piw/operator/farm-clock';
import { chosenAttention } from '../state/chosen-attention.ts';
import { type List, listOf } from '../state/list.ts';
import { layOut } from '../state/list-layout.ts';
import type { Monitor } from '../state/monitor.ts';
import type { ViewName } from '../state/place.ts';
import { drawHead, drawRow, marginWidth } from '../table/draw-table.ts';
import { columnGap } from '../table/layout-columns.ts';
import { cutLine, fitLine } from '../text/fit.ts';
import { type Line, line, span } from '../text/span.ts';
import type { ListView, PageView } from '../views/view.ts';
import { viewAt } from '../views/views.ts';
import { drawAttention } from './attention.ts';
import { bodyHeight } from './body-height.ts';
import { type ChartPainter, drawCharts } from './charts.ts';
import { drawFoot } from './foot.ts';
import { drawHeader, isCurrent } from './header.ts';
import { drawLogLine } from './log-lines.ts';
import { seenLog } from './seen-log.ts';
import { drawTabs } from './tabs.ts';

/** What a click on a part of the screen means. */
export type Target =
  | { readonly to: 'view'; readonly view: ViewName }
  | { readonly to: 'row'; readonly index: number }
  | { readonly to: 'sort'; readonly column: string }
  | { readonly to: 'attention' };

/** A part of a line that may be clicked. */
export interface Zone {
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly target: Target;
}

/** The whole screen, a line a line, none longer than it is wide. */
export interface Frame {
  readonly lines: readonly Line[];
  readonly zones: readonly Zone[];
}

/** Draws the screen, with the farm's times by the farm's own clock. */
export const drawFrame = (monitor: Monitor, drawChart: ChartPainter | null = null): Frame =>
  drawAt(byFarmClock(monitor), drawChart);

function drawAt(monitor: Monitor, drawChart: ChartPainter | null): Frame {
  const { columns, rows } = monitor.size;
  const { board } = monitor.feed;
  const list = listOf(monitor);
  const header = [...drawHeader(monitor)];
  const attention = board && drawAttention(board, chosenAttention(monitor), columns);
  const zones: Zone[] = [];
  if (attention) {
    zones.push({ y: header.length, from: 0, to: columns, target: { to: 'attention' } });
    header.push(attention);
  }
  const { line: tabLine, tabs } = drawTabs(monitor, list);
  for (const { view, from, to } of tabs) zones.push({ y: header.length, from, to, target: { to: 'view', view } });
  header.push(tabLine);
  const view = viewAt(monitor.place);
  const { total } = bodyHeight(monitor);
  const body =
    view.kind === 'list' && list
      ? drawList(view, list, monitor, { y: header.length, zones })
      : view.kind === 'charts'
        ? drawCharts(view, monitor, total, drawChart)
        : drawPage(view as PageView, monitor);
  const old = !isCurrent(monitor);
  const filled = Array.from({ length: total }, (_, index) => ({ ...(body[index] ?? line('')), old }));
  const lines = [...header, ...filled, ...drawFoot(monitor)].slice(0, rows);
  return { lines: lines.map((one) => cutLine(one, columns)), zones };
}

/** Where the body begins, and where to tell what may be clicked. */
interface Canvas {
  readonly y: number;
  readonly zones: Zone[];
}

function drawList(view: ListView, list: List, monitor: Monitor, canvas: Canvas): readonly Line[] {
  const { columns: width } = monitor.size;
  const { state, rows, index } = list;
  const above = view.above?.(monitor, width) ?? [];
  const layout = layOut(view, list, monitor);
  const headY = canvas.y + above.length;
  let at = marginWidth;
  for (const { column, width: its } of layout.columns) {
    canvas.zones.push({ y: headY, from: at, to: at + its, target: { to: 'sort', column: column.id } });
    at += its + columnGap.length;
  }
  if (rows.length === 0) {
    const why = list.of > 0 ? `None of ${list.of} matches ${state.filter}` : view.empty(monitor);
    return [...above, drawHead(layout, state.sorting), line('  ', span(why, 'dim'))];
  }
  const height = bodyHeight(monitor).rows;
  const isInBody = chosenAttention(monitor) === null;
  const top = Math.max(0, index - height + 1, Math.min(state.top, rows.length - height)); // less room may be left than there was
  const shown = rows.slice(top, top + height).map((row, nth) => {
    canvas.zones.push({ y: headY + 1 + nth, from: 0, to: width, target: { to: 'row', index: top + nth } });
    const chosen = top + nth === index && isInBody;
    const drawn = drawRow(layout, row, { chosen, marked: state.marked.has(row.key), cell: list.cell });
    return chosen ? fitLine(drawn, width) : drawn;
  });
  return [...above, drawHead(layout, state.sorting), ...shown, ...(view.below?.(monitor, width) ?? [])];
}

function drawPage(view: PageView, monitor: Monitor): readonly Line[] {
  const { columns } = monitor.size;
  const lines = view.lines(monitor, columns);
  const { height, length } = bodyHeight(monitor);
  if (!view.attempt) return lines.slice(Math.min(monitor.reading.top, Math.max(0, length - height)));
  const shown = monitor.log === null ? [] : seenLog(monitor).map((one) => drawLogLine(one, monitor));
  return [...lines, logRule(monitor, length), ...shown];
}

function logRule({ log, reading, size }: Monitor, length: number): Line {
  const about =
    log === null
      ? ' no log '
      : ` log of attempt ${log.attempt}  ${length.toLocaleString('en')} lines  ${log.ended ? 'ended' : reading.following ? 'following' : 'stopped: f follows'}${log.trouble ? `  ${log.trouble}` : ''} `;
  return line(span(`──${about}${'─'.repeat(Math.max(0, size.columns - about.length - 2))}`, 'dim'));
}
