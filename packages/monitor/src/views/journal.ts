import { moment } from '@piw/operator/moment';
import type { Answer } from '@piw/wire/control-protocol';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { span } from '../text/span.ts';
import type { ListView } from './view.ts';

type Entry = Answer<'JOURNAL'>['entries'][number];

const ask = { limit: 500, before: null };

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

/** What the master was ordered to do, and by whom; the latest first. */
export const journalView: ListView = {
  kind: 'list',
  columns: () => columns,
  rows: (monitor) =>
    rowsOf(columns, entriesOf(monitor) ?? [], { key: ({ entry }) => String(entry), ref: () => ({ of: 'nothing' }) }),
  empty: (monitor) => (entriesOf(monitor) ? 'Nobody has ordered anything yet.' : 'Asking the master …'),
  wishes: () => [wish('JOURNAL', ask, 5000)],
  open: () => null,
};

const entriesOf = ({ looks }: Monitor): readonly Entry[] | undefined => answerTo(looks, 'JOURNAL', ask)?.entries;
