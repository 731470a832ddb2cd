import { bodyHeight } from '../frame/body-height.ts';
import { viewAt } from '../views/views.ts';
import { chosenAttention } from './chosen-attention.ts';
import { listOf, listState, withList } from './list.ts';
import type { Monitor } from './monitor.ts';

/** The monitor with the row chosen that is so many below, or the page moved by so many lines. */
export function moveBy(monitor: Monitor, lines: number): Monitor {
  if (lines < 0 && chosenAttention(monitor) !== null) return monitor;
  const list = listOf(monitor);
  if (list === null) return scrollBy(monitor, lines);
  return lines > 0 && list.index >= list.rows.length - 1 ? withEarlier(monitor) : choose(monitor, list.index + lines);
}

/** Who goes on at the end of a list gets the page before, where there is one. */
function withEarlier(monitor: Monitor): Monitor {
  const view = viewAt(monitor.place);
  const next = view.kind === 'list' ? (view.next?.(monitor) ?? null) : null;
  const { earlier } = listState(monitor);
  return next === null || earlier.at(-1) === next ? monitor : withList(monitor, { earlier: [...earlier, next] });
}

/** The monitor with the row of that number chosen, as near as there is one; what is seen moves as little as it can. */
export function choose(monitor: Monitor, wanted: number): Monitor {
  const list = listOf(monitor);
  if (list === null || list.rows.length === 0) return monitor;
  const index = Math.max(0, Math.min(list.rows.length - 1, wanted));
  return withList(
    { ...monitor, attention: null },
    {
      ...{ chosen: list.rows[index]!.key, index, top: topFor(index, list.state.top, monitor) },
      ...(index === 0 ? { earlier: [] } : {}), // the first row is the latest there is
    },
  );
}

/** Whether nothing is above: the first row is chosen, or the first line seen. What needs a human is, where that is chosen. */
export function atTop(monitor: Monitor): boolean {
  if (chosenAttention(monitor) !== null) return false;
  const list = listOf(monitor);
  if (list !== null) return list.index <= 0;
  const { length, height } = bodyHeight(monitor);
  const { following, top } = monitor.reading;
  return following && monitor.log !== null ? length <= height : top === 0;
}

/** The first row to be seen, so that one of them is. */
export function topFor(index: number, top: number, monitor: Monitor): number {
  const height = Math.max(1, bodyHeight(monitor).rows);
  return Math.max(0, index < top ? index : index >= top + height ? index - height + 1 : top);
}

/** Whoever scrolls a log stops following it; at its end they follow again. */
function scrollBy(monitor: Monitor, lines: number): Monitor {
  const { length, height } = bodyHeight(monitor);
  const last = Math.max(0, length - height);
  const { reading } = monitor;
  const from = reading.following && monitor.log !== null ? last : Math.min(reading.top, last);
  const top = Math.max(0, Math.min(last, from + lines));
  return { ...monitor, attention: null, reading: { ...reading, top, following: monitor.log !== null && top >= last } };
}
