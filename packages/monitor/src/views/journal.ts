import { moment } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { earlierPages, firstPageFreshMs } from '../state/earlier.ts';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { line, span } from '../text/span.ts';
import type { ListView } from './view.ts';

type Entry = Answer<'JOURNAL'>['entries'][number];

/** So many at a time are asked of the master. */
const limit = 500;

const columns: readonly ColumnOf<Entry>[] = [
  {
    ...{ id: 'at', title: 'AT', width: 19, yields: 1 },
    cell: ({ atMs }) => span(moment(atMs), 'dim'),
    sortBy: ({ atMs }) => atMs,
  },
  { id: 'who', title: 'WHO', width: 16, yields: 2, cell: ({ who }) => span(who) },
  { id: 'order', title: 'ORDER', width: 14, yields: 0, cell: ({ order }) => span(order.toLowerCase(), 'strong') },
  { id: 'subject', title: 'ON', width: 18, yields: 0, cell: ({ subject }) => span(subject) },
  { id: 'text', title: 'WHAT CAME OF IT', width: 20, grows: true, yields: 0, cell: ({ text }) => span(text) },
];

const pages = (monitor: Monitor): readonly (number | null)[] => [null, ...earlierPages(monitor)];

const page = ({ looks }: Monitor, before: number | null): readonly Entry[] | undefined =>
  answerTo(looks, 'JOURNAL', { limit, before })?.entries;

/** What the master was ordered to do, and by whom; the latest first, page by page. */
export const journalView: ListView = {
  kind: 'list',
  columns: () => columns,
  rows: (monitor) =>
    rowsOf(
      columns,
      pages(monitor).flatMap((before) => page(monitor, before) ?? []),
      { key: ({ entry }) => String(entry), ref: () => ({ of: 'nothing' }) },
    ),
  above: (monitor) =>
    earlierPages(monitor).length === 0 ? [] : [line(' ', span('as it was; g for the latest', 'dim'))],
  empty: (monitor) => (page(monitor, null) ? 'Nobody has ordered anything yet.' : 'Asking the master …'),
  wishes: (monitor) =>
    pages(monitor).map((before) =>
      wish('JOURNAL', { limit, before }, before === null ? firstPageFreshMs(monitor, 5000) : Infinity),
    ),
  next: (monitor) => {
    const last = page(monitor, pages(monitor).at(-1) ?? null) ?? [];
    return last.length < limit ? null : last.at(-1)!.entry;
  },
  open: () => null,
};
