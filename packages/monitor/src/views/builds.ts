import { age } from '@piw/operator/moment';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { span } from '../text/span.ts';
import { outcomeSpan } from './outcome-words.ts';
import type { ListView } from './view.ts';

/** The columns of a list of attempts. */
const columnsAt = (nowMs: number): readonly ColumnOf<BuildPicture>[] => [
  {
    ...{ id: 'attempt', title: 'ATTEMPT', width: 8, align: 'right', yields: 3 },
    cell: ({ attempt }) => span(String(attempt), 'dim'),
    sortBy: ({ attempt }) => attempt,
  },
  {
    ...{ id: 'ended', title: 'ENDED', width: 10, align: 'right', yields: 1 },
    cell: ({ endedMs }) => span(endedMs === null ? '' : `${age(endedMs, nowMs)} ago`),
    sortBy: ({ endedMs }) => endedMs,
  },
  {
    ...{ id: 'took', title: 'TOOK', width: 6, align: 'right', yields: 2 },
    cell: ({ startedMs, endedMs }) => span(age(startedMs, endedMs ?? nowMs)),
    sortBy: ({ startedMs, endedMs }) => (endedMs ?? nowMs) - startedMs,
  },
  { id: 'outcome', title: 'OUTCOME', width: 11, yields: 0, cell: ({ outcome }) => outcomeSpan(outcome) },
  { id: 'package', title: 'PACKAGE', width: 22, yields: 0, cell: (build) => span(`${build.package} ${build.version}`) },
  { id: 'target', title: 'TARGET', width: 20, yields: 4, cell: ({ target }) => span(target) },
  { id: 'slave', title: 'SLAVE', width: 12, yields: 3, cell: ({ slave }) => span(slave) },
  {
    ...{ id: 'why', title: 'WHY', width: 16, grows: true, yields: 0 },
    cell: ({ reason, files }) => (reason ? span(reason.text) : span(files.join(' '), 'dim')),
  },
];

/** How far back the master is asked. */
const limit = 1000;
const ask = {
  ...{ limit, before: null, package: null, version: null, outcome: null, reason: null, slave: null, sinceMs: null },
};

/** The latest attempts: the board's at once, and those before as the master tells of them. */
export const buildsView: ListView = {
  kind: 'list',
  columns: ({ nowMs }) => columnsAt(nowMs),
  rows: (monitor) =>
    rowsOf(columnsAt(monitor.nowMs), builds(monitor), {
      key: ({ attempt }) => String(attempt),
      ref: (build) => ({ of: 'build', build }),
    }),
  empty: () => 'Nothing has been built yet.',
  wishes: () => [wish('BUILDS', ask, 30_000)],
  open: ({ ref }) => (ref.of === 'build' ? { view: 'build', attempt: ref.build.attempt } : null),
};

function builds({ feed: { board }, looks }: Monitor): readonly BuildPicture[] {
  const latest = board?.builds ?? [];
  const known = new Set(latest.map(({ attempt }) => attempt));
  const earlier = answerTo(looks, 'BUILDS', ask)?.builds ?? [];
  return [...latest, ...earlier.filter(({ attempt }) => !known.has(attempt))];
}
