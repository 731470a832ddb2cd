import { type ListState, untouched } from './list-state.ts';
import type { Monitor, Preferences, Size } from './monitor.ts';

/** What a monitor is before it has heard of any farm. */
export function startMonitor(start: {
  readonly size: Size;
  readonly nowMs: number;
  readonly readonly: string | null;
  readonly preferences: Preferences;
}): Monitor {
  const { view, package: latest } = start.preferences;
  return {
    feed: { board: null, heardMs: null, trouble: null },
    link: { address: '', tries: 0, trouble: null },
    nowMs: start.nowMs,
    farmAheadMs: 0,
    size: start.size,
    place: view === 'package' ? { view, package: latest } : { view },
    past: [],
    other: null,
    lists: listsOf(start.preferences),
    looks: {},
    log: null,
    reading: { top: 0, left: 0, following: true, wrapped: false, timed: false, search: '' },
    charts: { subject: { of: 'farm' }, range: '1h' },
    prompt: null,
    notices: [],
    readonly: start.readonly,
    attention: null,
    followed: null,
    package: latest,
  };
}

/** Each list as it was left in the last run. */
function listsOf({ sorting, columns, groups }: Preferences): Monitor['lists'] {
  const places = new Set([sorting, columns, groups].flatMap((kept) => Object.keys(kept)));
  const listAt = (place: string): ListState => ({
    ...untouched,
    sorting: sorting[place] ?? null,
    columns: columns[place] ?? null,
    group: groups[place] ?? null,
  });
  return Object.fromEntries(Array.from(places, (place) => [place, listAt(place)]));
}
