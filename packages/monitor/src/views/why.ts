import type { Answer } from '@piw/wire/control-protocol';
import { chosenRow, listOf } from '../state/list.ts';
import { layOut } from '../state/list-layout.ts';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Place } from '../state/place.ts';
import type { CellRef } from '../state/ref.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { type Line, line, span } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { ListView } from './view.ts';

type Reason = Answer<'WHY'>['reasons'][number];

const columns: readonly ColumnOf<Reason>[] = [
  { id: 'subject', title: 'WHAT', width: 34, yields: 0, cell: ({ subject }) => span(subject) },
  {
    id: 'text',
    title: 'WHY IT IS NOT BEING BUILT',
    width: 30,
    grows: true,
    yields: 0,
    cell: ({ text }) => span(text, 'strong'),
  },
];

type Of = Extract<Place, { view: 'why' }>['of'];

/** Why a slave is idle, or a job or a cell isn't being built. */
export function whyView(of: Of): ListView {
  const reasonsIn = ({ looks }: Monitor): readonly Reason[] | undefined => answerTo(looks, 'WHY', of)?.reasons;
  const view: ListView = {
    kind: 'list',
    columns: () => columns,
    rows: (monitor) =>
      rowsOf(columns, reasonsIn(monitor) ?? [], {
        key: ({ subject }) => subject,
        ref: ({ attempt, subject }) => ({ of: 'reason', attempt, cell: cellOf(of, subject) }),
      }),
    below: (monitor, width) => whole(view, monitor, width),
    empty: (monitor) => (reasonsIn(monitor) ? 'There is nothing to tell.' : 'Asking the master …'),
    wishes: () => [wish('WHY', of, 5000)],
    open: ({ ref }) => (ref.of === 'reason' && ref.attempt !== null ? { view: 'build', attempt: ref.attempt } : null),
  };
  return view;
}

/** The cell that a line is about; where all targets were asked about, the target is the last word of it. */
function cellOf(of: Of, subject: string): CellRef | null {
  if ('slave' in of) return null;
  return { package: of.package, version: of.version, target: of.target ?? subject.split(' ').at(-1)! };
}

/** The reason of the chosen row in as many lines as it needs, where its column cuts it. */
function whole(view: ListView, monitor: Monitor, width: number): readonly Line[] {
  const [row, list] = [chosenRow(monitor), listOf(monitor)];
  if (row === undefined || list === null) return [];
  const { text } = row.cell('text');
  const column = layOut(view, list, monitor).columns.find((one) => one.column.id === 'text');
  if (widthOf(text) <= (column?.width ?? 0)) return [];
  return [line(''), ...wrap(text, width - 3).map((one) => line('   ', span(one, 'strong')))];
}
