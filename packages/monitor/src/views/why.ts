import type { Answer } from '@piw/wire/control-protocol';
import { answerTo, wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Place } from '../state/place.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { span } from '../text/span.ts';
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

/** Why a slave is idle, or a job or a cell isn't being built. */
export function whyView(of: Extract<Place, { view: 'why' }>['of']): ListView {
  const reasonsIn = ({ looks }: Monitor): readonly Reason[] | undefined => answerTo(looks, 'WHY', of)?.reasons;
  return {
    kind: 'list',
    columns: () => columns,
    rows: (monitor) =>
      rowsOf(columns, reasonsIn(monitor) ?? [], {
        key: ({ subject }) => subject,
        ref: ({ attempt }) => ({ of: 'reason', attempt }),
      }),
    empty: (monitor) => (reasonsIn(monitor) ? 'There is nothing to tell.' : 'Asking the master …'),
    wishes: () => [wish('WHY', of, 5000)],
    open: ({ ref }) => (ref.of === 'reason' && ref.attempt !== null ? { view: 'build', attempt: ref.attempt } : null),
  };
}
