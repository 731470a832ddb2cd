import { untouched } from './list-state.ts';
import type { Monitor, Preferences, Size } from './monitor.ts';

/** What a monitor is before it has heard of any farm. */
export function startMonitor(start: {
  readonly size: Size;
  readonly nowMs: number;
  readonly readonly: string | null;
  readonly preferences: Preferences;
}): Monitor {
  const { view, sorting } = start.preferences;
  const lists = Object.entries(sorting).map(([place, its]) => [place, { ...untouched, sorting: its }]);
  return {
    feed: { board: null, heardMs: null, trouble: null },
    link: { address: '', tries: 0, trouble: null },
    nowMs: start.nowMs,
    size: start.size,
    place: view === 'package' ? { view, package: null } : { view },
    past: [],
    other: null,
    lists: Object.fromEntries(lists) as Monitor['lists'],
    looks: {},
    log: null,
    reading: { top: 0, following: true, wrapped: false, timed: false, search: '' },
    charts: { subject: { of: 'farm' }, range: '1h' },
    prompt: null,
    notices: [],
    readonly: start.readonly,
    package: null,
  };
}
