import { age } from '@piw/operator/moment';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { anyBuild, type BuildSearch, isFound } from '../state/build-search.ts';
import { earlierPages, firstPageFreshMs } from '../state/earlier.ts';
import { answerTo, lookOf, type Wish, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { type Line, line, span } from '../text/span.ts';
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

/** So many at a time are asked of the master. */
const limit = 500;

/** The question for a page. */
const pageOf = ({ filter }: BuildSearch, before: number | null) => ({ ...filter, limit, before });

const pages = (monitor: Monitor): readonly (number | null)[] => [null, ...earlierPages(monitor)];

const wishesFor = (monitor: Monitor, search: BuildSearch): readonly Wish[] =>
  pages(monitor).map((before) =>
    wish('BUILDS', pageOf(search, before), before === null ? firstPageFreshMs(monitor, 30_000) : Infinity),
  );

/** The builds that a search finds: the board's at once, and those before as the master tells of them, page by page. */
export const buildsView = (search: BuildSearch = anyBuild): ListView => ({
  kind: 'list',
  columns: ({ nowMs }) => columnsAt(nowMs),
  rows: (monitor) =>
    rowsOf(columnsAt(monitor.nowMs), builds(monitor, search), {
      key: ({ attempt }) => String(attempt),
      ref: (build) => ({ of: 'build', build }),
    }),
  above: (monitor) => about(monitor, search),
  empty: (monitor) => nothingFound(monitor, search),
  wishes: (monitor) => wishesFor(monitor, search),
  next: (monitor) => lastPage(monitor, search)?.next ?? null,
  open: ({ ref }) => (ref.of === 'build' ? { view: 'build', attempt: ref.build.attempt } : null),
});

const lastPage = (monitor: Monitor, search: BuildSearch) =>
  answerTo(monitor.looks, 'BUILDS', pageOf(search, earlierPages(monitor).at(-1) ?? null));

function builds(monitor: Monitor, search: BuildSearch): readonly BuildPicture[] {
  const { looks, feed } = monitor;
  const told = pages(monitor).flatMap((before) => answerTo(looks, 'BUILDS', pageOf(search, before))?.builds ?? []);
  const onBoard = new Map((feed.board?.builds ?? []).map((build) => [build.attempt, build]));
  if (earlierPages(monitor).length > 0) return told.map((build) => onBoard.get(build.attempt) ?? build);
  const latest = [...onBoard.values()].filter((build) => isFound(build, search.filter));
  return [...latest, ...told.filter(({ attempt }) => !onBoard.has(attempt))];
}

/** What is looked for, and whether what is read goes on changing. */
function about(monitor: Monitor, search: BuildSearch): readonly Line[] {
  const first = lookOf(monitor.looks, wish('BUILDS', pageOf(search, null), 0));
  const trouble = wishesFor(monitor, search).flatMap((one) => lookOf(monitor.looks, one)?.trouble ?? [])[0];
  const parts = [
    ...(search.words === '' ? [] : [span(`found by ${search.words}  `, 'strong')]),
    ...(earlierPages(monitor).length > 0 && first ? [span('as it was; g for the latest  ', 'dim')] : []),
    ...(trouble === undefined ? [] : [span(trouble, 'bad')]),
  ];
  return parts.length === 0 ? [] : [line(' ', ...parts)];
}

function nothingFound(monitor: Monitor, search: BuildSearch): string {
  const page = lastPage(monitor, search);
  if (page === undefined) return 'Asking the master …';
  if (page.next !== null) return `None from attempt ${page.next.toLocaleString('en')} on; PgDn looks further back.`;
  return search.words === '' ? 'Nothing has been built yet.' : 'There is no such build.';
}
