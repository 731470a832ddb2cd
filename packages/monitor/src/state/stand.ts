import { listOf, withList } from './list.ts';
import type { Monitor } from './monitor.ts';
import { placeKey } from './place.ts';

/** The monitor in which the operator stands on the row that is shown as chosen, and goes where that goes. */
export function standing(monitor: Monitor): Monitor {
  const list = listOf(monitor);
  const row = list?.rows[list.index];
  return list === null || row === undefined || list.state.chosen === row.key
    ? monitor
    : withList(monitor, { chosen: row.key, index: list.index });
}

/**
 * The monitor after something: where the chosen row vanished, the operator stands on its neighbour, and not on whatever comes to lie
 * there next. What a master that was started again doesn't know yet may come back.
 */
export function stayed(before: Monitor, after: Monitor): Monitor {
  const isSame =
    placeKey(before.place) === placeKey(after.place) && before.feed.board?.epoch === after.feed.board?.epoch;
  return isSame && hasChosen(before) && !hasChosen(after) ? standing(after) : after;
}

function hasChosen(monitor: Monitor): boolean {
  const list = listOf(monitor);
  return list !== null && list.state.chosen !== null && list.rows[list.index]?.key === list.state.chosen;
}
