import type { Monitor } from './monitor.ts';
import { type Place, placeKey, viewOf } from './place.ts';

const remembered = 30;

/** The monitor at another place; Esc leads back. */
export function goTo(monitor: Monitor, place: Place): Monitor {
  if (placeKey(place) === placeKey(monitor.place)) return monitor;
  const [from, to] = [viewOf(monitor.place), viewOf(place)];
  return {
    ...monitor,
    place,
    past: [...monitor.past, monitor.place].slice(-remembered),
    other: from !== null && to !== null && from !== to ? from : monitor.other,
    package: place.view === 'package' ? place.package : monitor.package,
    log: null,
    attention: null,
    reading: { ...monitor.reading, top: 0, left: 0, following: true, search: '' },
  };
}

/** The monitor in a view by itself, over which nothing is open: Esc stays there. */
export const goToView = (monitor: Monitor, place: Place): Monitor => ({ ...goTo(monitor, place), past: [] });

/** The monitor where it was before; at the first place it stays. */
export function goBack(monitor: Monitor): Monitor {
  const place = monitor.past.at(-1);
  if (place === undefined) return monitor;
  return { ...goTo(monitor, place), past: monitor.past.slice(0, -1) };
}
