import { fit } from '../text/fit.ts';
import { type Line, type Span, span } from '../text/span.ts';
import type { Sorting } from './arrange.ts';
import { columnGap, type PlacedColumn } from './layout-columns.ts';
import type { Row } from './table.ts';

/** How a row is shown beside its cells. */
export interface RowLook {
  readonly chosen: boolean;
  readonly marked: boolean;
}

/** The margin at the left, where a mark and the place of the operator are seen without colours. */
export const marginWidth = 2;

/** The heads of columns; the one by which rows are in order says so. */
export function drawHead(columns: readonly PlacedColumn[], sorting: Sorting | null): Line {
  const heads = columns.map(({ column, width }): Span => {
    const arrow = sorting?.column === column.id ? (sorting.descending ? '▼' : '▲') : '';
    const text = width > column.title.length + 1 && arrow !== '' ? `${column.title} ${arrow}` : column.title;
    return span(fit(text, width, column.align), arrow === '' ? 'dim' : 'strong');
  });
  return { spans: [{ text: ' '.repeat(marginWidth) }, ...separated(heads)] };
}

/** A row. */
export function drawRow(columns: readonly PlacedColumn[], row: Row, { chosen, marked }: RowLook): Line {
  const cells = columns.map(({ column, width }): Span => {
    const { text, tone } = row.cell(column.id);
    return { text: fit(text, width, column.align), tone };
  });
  const margin = `${chosen ? '>' : ' '}${marked ? '*' : ' '}`;
  return { spans: [{ text: margin, tone: 'key' }, ...separated(cells)], chosen };
}

const separated = (spans: readonly Span[]): Span[] =>
  spans.flatMap((one, index) => (index === 0 ? [one] : [{ text: columnGap }, one]));
