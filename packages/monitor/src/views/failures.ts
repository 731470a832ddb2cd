import { age } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { answerTo, type Wish, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { span } from '../text/span.ts';
import type { ListView } from './view.ts';

type Group = Answer<'FAILURES'>['groups'][number];

const ask = { sinceMs: null, limit: 500 };

const columnsAt = (nowMs: number): readonly ColumnOf<Group>[] => [
  { id: 'reason', title: 'REASON', width: 20, yields: 0, cell: ({ kind }) => span(kind ?? 'nobody said why') },
  { id: 'subject', title: 'SUBJECT', width: 18, yields: 0, cell: ({ subject }) => span(subject ?? '', 'strong') },
  {
    ...{ id: 'builds', title: 'BUILDS', width: 7, align: 'right', yields: 0 },
    cell: ({ builds }) => span(builds.toLocaleString('en')),
    sortBy: ({ builds }) => builds,
  },
  {
    ...{ id: 'packages', title: 'PACKAGES', width: 8, align: 'right', yields: 1 },
    cell: ({ packages }) => span(packages.toLocaleString('en')),
    sortBy: ({ packages }) => packages,
  },
  {
    ...{ id: 'last', title: 'LAST', width: 8, align: 'right', yields: 2 },
    cell: ({ latestMs }) => span(age(latestMs, nowMs), 'dim'),
    sortBy: ({ latestMs }) => latestMs,
  },
  {
    ...{ id: 'mend', title: 'WHAT WOULD MEND IT, ELSE THE LATEST ONE’S WORDS', width: 20, grows: true, yields: 0 },
    cell: ({ remedy, text }) => (remedy === null ? span(text ?? '', 'dim') : span(remedy)),
  },
];

/** Why builds fail, the most frequent reasons first. */
export const failuresView: ListView = {
  kind: 'list',
  columns: ({ nowMs }) => columnsAt(nowMs),
  rows: (monitor) =>
    rowsOf(columnsAt(monitor.nowMs), groupsOf(monitor) ?? [], {
      key: ({ kind, subject }) => `${kind} ${subject}`,
      ref: (group) => ({ of: 'failure', group }),
    }),
  empty: (monitor) => (groupsOf(monitor) ? 'No build stands failed.' : 'Asking the master …'),
  wishes: () => [failuresWish(10_000)],
  open: ({ ref }) => (ref.of === 'failure' ? { view: 'build', attempt: ref.group.attempt } : null),
};

/** What is asked for the failures, where they may be as old as that, in milliseconds. */
export const failuresWish = (freshMs: number): Wish => wish('FAILURES', ask, freshMs);

/** What would mend builds that failed for that reason, where it is known. */
export const remedyOf = (monitor: Monitor, reason: Pick<Group, 'kind' | 'subject'>): string | null =>
  groupsOf(monitor)?.find(({ kind, subject }) => kind === reason.kind && subject === reason.subject)?.remedy ?? null;

const groupsOf = ({ looks }: Monitor): readonly Group[] | undefined => answerTo(looks, 'FAILURES', ask)?.groups;
