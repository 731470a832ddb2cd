import { moment } from '@piw/operator/moment';
import { orderWords } from '@piw/operator/order-words';
import { earlierPages, firstPageFreshMs } from '../state/earlier.ts';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import type { JournalEntry } from '../state/ref.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { line, span } from '../text/span.ts';
import type { ListView } from './view.ts';

/** So many at a time are asked of the master. */
const limit = 500;

/** Where it is narrow a moment has neither year nor seconds: who it was is worth more. */
const isNarrow = ({ size }: Monitor): boolean => size.columns < 100;

const columnsIn = (monitor: Monitor): readonly ColumnOf<JournalEntry>[] => {
  const [at, who, order, subject, text] = isNarrow(monitor) ? [11, 12, 15, 16, 14] : [19, 16, 15, 18, 19];
  return [
    {
      ...{ id: 'at', title: 'AT', width: at, yields: 2 },
      cell: ({ atMs }) => span(isNarrow(monitor) ? moment(atMs).slice(5, 16) : moment(atMs), 'dim'),
      sortBy: ({ atMs }) => atMs,
    },
    { id: 'who', title: 'WHO', width: who, yields: 1, cell: ({ who }) => span(who) },
    { id: 'order', title: 'ORDER', width: order, yields: 0, cell: ({ order }) => span(orderWords(order), 'strong') },
    { id: 'subject', title: 'ON', width: subject, yields: 0, cell: ({ subject }) => span(subject) },
    { id: 'text', title: 'WHAT CAME OF IT', width: text, grows: true, yields: 0, cell: ({ text }) => span(text) },
  ];
};

const pages = (monitor: Monitor): readonly (number | null)[] => [null, ...earlierPages(monitor)];

const page = ({ looks }: Monitor, before: number | null): readonly JournalEntry[] | undefined =>
  answerTo(looks, 'JOURNAL', { limit, before })?.entries;

/** What the master was ordered to do, and by whom; the latest first, page by page. */
export const journalView: ListView = {
  kind: 'list',
  columns: columnsIn,
  rows: (monitor) =>
    rowsOf(
      columnsIn(monitor),
      pages(monitor).flatMap((before) => page(monitor, before) ?? []),
      { key: ({ entry }) => String(entry), ref: (entry) => ({ of: 'entry', entry }) },
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
  open: ({ ref }) => (ref.of === 'entry' ? { view: 'entry', entry: ref.entry } : null),
};
