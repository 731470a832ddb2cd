import { type Span, span } from '../text/span.ts';
import type { Row } from './table.ts';

/** What the head of a group tells of its rows, beside its name and how many they are. */
export type Summary = (rows: readonly Row[]) => readonly Span[];

/** The rows below the heads of their groups, in which they stay in order; those that are pinned stay above all. */
export function grouped(rows: readonly Row[], column: string | null, summary: Summary): readonly Row[] {
  if (column === null) return rows;
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.pinned) continue;
    const name = row.groupBy(column);
    const its = groups.get(name);
    if (its) its.push(row);
    else groups.set(name, [row]);
  }
  const inOrder = [...groups].toSorted(([a], [b]) => names.compare(a, b));
  return [
    ...rows.filter(({ pinned }) => pinned),
    ...inOrder.flatMap(([name, its]) => [headOf(name, its, summary), ...its]),
  ];
}

const names = new Intl.Collator('en', { numeric: true });

const headOf = (name: string, rows: readonly Row[], summary: Summary): Row => ({
  key: `group ${name}`,
  pinned: false,
  ref: { of: 'nothing' },
  cell: () => ({ text: '' }),
  sortBy: () => null,
  groupBy: () => name,
  text: () => name,
  cellRef: () => null,
  head: {
    spans: [span(name === '' ? '–' : name, 'strong'), span(`  ${rows.length}  `, 'dim'), ...summary(rows)],
    rows,
  },
});
