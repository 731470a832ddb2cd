import { age, ahead } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import type { TargetFigures, TargetPicture } from '@piw/wire/status-protocol';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { type Span, span } from '../text/span.ts';
import { byKind } from './kinds.ts';
import type { ListView } from './view.ts';

type Job = Answer<'QUEUE'>['jobs'][number];

type TargetEntry = {
  readonly is: 'target';
  readonly target: TargetPicture;
  readonly figures: TargetFigures | undefined;
};
type JobEntry = { readonly is: 'job'; readonly job: Job; readonly nth: number };

/** A row: a target with its part of the queue, or a job. */
type Entry = TargetEntry | JobEntry;

const either = byKind<TargetEntry, JobEntry>('target');

const askOf = (target: string | null) => ({ target, limit: 1000 });

const what: readonly ColumnOf<Entry>[] = [
  {
    ...{ id: 'nth', title: '#', width: 5, align: 'right', yields: 3 },
    cell: either(
      ({ target }) => span(target.preferred ? '▲' : '', 'odd'),
      ({ nth }) => span(String(nth), 'dim'),
    ),
    sortBy: either(
      () => null,
      ({ nth }) => nth,
    ),
  },
  {
    ...{ id: 'target', title: 'TARGET', width: 22, grows: true, most: 32, yields: 0 },
    cell: either(
      ({ target }) => span(target.target, target.retired ? 'dim' : 'strong'),
      ({ job }) => span(job.target),
    ),
  },
  {
    ...{ id: 'package', title: 'PACKAGE', width: 24, grows: true, yields: 0, fixed: true },
    cell: either(
      ({ target }) => inQueue(target),
      ({ job }) => span(`${job.package} ${job.version}`),
    ),
  },
];

const how = (nowMs: number): readonly ColumnOf<Entry>[] => [
  {
    ...{ id: 'state', title: 'STATE', width: 12, yields: 0 },
    cell: either(
      ({ figures }) => rate(figures),
      ({ job }) => stateOf(job, nowMs),
    ),
  },
  {
    ...{ id: 'priority', title: 'PRIORITY', width: 14, yields: 1 },
    cell: either(
      ({ figures }) => left(figures),
      ({ job }) => span(job.priority, job.priority === 'request' ? 'strong' : undefined),
    ),
  },
  {
    ...{ id: 'released', title: 'RELEASED', width: 14, align: 'right', yields: 2 },
    cell: either(
      ({ figures }) => oldest(figures, nowMs),
      ({ job: { releasedMs } }) => span(releasedMs === null ? '' : `${age(releasedMs, nowMs)} ago`, 'dim'),
    ),
    sortBy: either(
      () => null,
      ({ job }) => job.releasedMs,
    ),
  },
];

const columnsAt = (nowMs: number): readonly ColumnOf<Entry>[] => [...what, ...how(nowMs)];

/** The targets with their parts of the queue, then its jobs in its order; of one target alone, that. */
export const queueView = (only: string | null): ListView => ({
  kind: 'list',
  columns: ({ nowMs }) => columnsAt(nowMs),
  rows: (monitor) =>
    rowsOf(columnsAt(monitor.nowMs), entries(monitor, only), {
      key: either(
        ({ target }) => `target ${target.target}`,
        ({ job }) => `job ${job.package} ${job.version} ${job.target}`,
      ),
      ref: (entry) =>
        entry.is === 'target'
          ? { of: 'target', target: entry.target.target, preferred: entry.target.preferred }
          : { of: 'job', cell: entry.job },
      pinned: ({ is }) => is === 'target',
    }),
  empty: () =>
    only === null
      ? 'The farm has no targets yet: a slave that comes brings its own.'
      : `The farm builds for ${only} no more.`,
  wishes: () => [wish('QUEUE', askOf(only), 3000)],
  open: ({ ref }) => {
    if (ref.of === 'target') return only === null ? { view: 'target', target: ref.target } : null;
    return ref.of === 'job' ? { view: 'why', of: ref.cell } : null;
  },
});

function entries({ feed: { board }, looks }: Monitor, only: string | null): Entry[] {
  if (board === null) return [];
  const targets = board.farm.targets.filter(({ target }) => only === null || target === only);
  const figures = new Map(board.statistics.targets.map((one) => [one.target, one]));
  const jobs = answerTo(looks, 'QUEUE', askOf(only))?.jobs ?? [];
  return [
    ...targets.map((target): Entry => ({ is: 'target', target, figures: figures.get(target.target) })),
    ...jobs.map((job, index): Entry => ({ is: 'job', job, nth: index + 1 })),
  ];
}

function inQueue({ waiting, delayed, building, retired }: TargetPicture): Span {
  if (retired) return span('retired: nothing more is built for it', 'dim');
  const parts = [`${waiting.toLocaleString('en')} waiting`, `${building} building`];
  return span([...parts, ...(delayed > 0 ? [`${delayed} delayed`] : [])].join(', '), 'strong');
}

const rate = (figures: TargetFigures | undefined): Span =>
  span(figures === undefined ? '' : `${Math.round(figures.perHour)}/h`);

const left = (figures: TargetFigures | undefined): Span => {
  if (figures === undefined || figures.waiting === 0) return span('');
  return span(
    figures.emptyMs === null
      ? figures.perHour > 0
        ? 'too early to tell'
        : 'no end in sight'
      : `${ahead(figures.emptyMs, 0)} left`,
  );
};

const oldest = (figures: TargetFigures | undefined, nowMs: number): Span =>
  span(figures?.oldestMs == null ? '' : `oldest ${age(figures.oldestMs, nowMs)}`, 'dim');

function stateOf({ state, readyMs }: Job, nowMs: number): Span {
  if (state === 'delayed' && readyMs !== null) return span(`in ${ahead(readyMs, nowMs)}`, 'odd');
  return span(state, state === 'building' ? 'good' : undefined);
}
