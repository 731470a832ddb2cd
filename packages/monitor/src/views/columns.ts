import { columnChoice } from '../state/column-choice.ts';
import type { Monitor } from '../state/monitor.ts';
import type { Place } from '../state/place.ts';
import { type ColumnOf, rowsOf } from '../table/table.ts';
import { line, span } from '../text/span.ts';
import type { ListView, View } from './view.ts';

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly isShown: boolean;
}

const columns: readonly ColumnOf<Choice>[] = [
  {
    ...{ id: 'shown', title: '', width: 3, yields: 0 },
    cell: ({ isShown }) => (isShown ? span('[✓]', 'good') : span('[ ]', 'dim')),
  },
  { id: 'column', title: 'COLUMN', width: 20, yields: 0, cell: ({ title }) => span(title, 'strong') },
  { id: 'name', title: 'NAME', width: 20, yields: 0, cell: ({ id }) => span(id) },
];

/** Which columns of a list are shown, and in which order. */
export const columnsView = (above: Place, view: View): ListView => ({
  kind: 'list',
  columns: () => columns,
  above: () => [line(' ', span('Space shows or hides a column, < and > move it, Esc goes back.', 'dim'))],
  rows: (monitor) =>
    rowsOf(columns, view.kind === 'list' ? choices(above, view, monitor) : [], {
      key: ({ id }) => id,
      ref: () => ({ of: 'nothing' }),
    }),
  empty: () => 'There are no columns here.',
  wishes: view.wishes,
  open: () => null,
});

function choices(above: Place, view: ListView, monitor: Monitor): Choice[] {
  const { shown, hidden } = columnChoice(above, view, monitor);
  return [
    ...shown.map(({ id, title }) => ({ id, title, isShown: true })),
    ...hidden.map(({ id, title }) => ({ id, title, isShown: false })),
  ];
}
