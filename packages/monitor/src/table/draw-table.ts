import { fit } from '../text/fit.ts';
import { type Line, type Span, span } from '../text/span.ts';
import type { Sorting } from './arrange.ts';
import { columnGap, type Layout } from './layout-columns.ts';
import type { Row } from './table.ts';

/** How a row is shown beside its cells. */
export interface RowLook {
  readonly chosen: boolean;
  readonly marked: boolean;
  /** The column of the cell where the operator is; null: they are on all of the row. */
  readonly cell: string | null;
}

/** The margin at the left, where a mark and the place of the operator are seen without colours. */
export const marginWidth = 2;

/** The heads of columns; the one by which rows are in order says so, and the margin that there are others at a side. */
export function drawHead({ columns, before, after }: Layout, sorting: Sorting | null): Line {
  const heads = columns.map(({ column, width }): Span => {
    const arrow = sorting?.column === column.id ? (sorting.descending ? '▼' : '▲') : '';
    const text = width > column.title.length + 1 && arrow !== '' ? `${column.title} ${arrow}` : column.title;
    return span(fit(text, width, column.align), arrow === '' ? 'dim' : 'strong');
  });
  const margin = fit(`${before ? '‹' : ''}${after ? '›' : ''}`, marginWidth);
  return { spans: [span(margin, 'key'), ...separated(heads)] };
}

/** A row. */
export function drawRow({ columns }: Layout, row: Row, { chosen, marked, cell: at }: RowLook): Line {
  const margin = span(`${chosen ? '>' : ' '}${marked ? '*' : ' '}`, 'key');
  if (row.head) return { spans: [margin, ...row.head.spans], chosen };
  const cells = columns.map(({ column, width }): Span => {
    const { text, tone } = row.cell(column.id);
    if (chosen && column.id === at) return { text: fit(`>${text}`, width, column.align), tone: 'cursor' };
    return { text: fit(text, width, column.align), tone };
  });
  return { spans: [margin, ...separated(cells)], chosen: chosen && at === null };
}

const separated = (spans: readonly Span[]): Span[] =>
  spans.flatMap((one, index) => (index === 0 ? [one] : [{ text: columnGap }, one]));
