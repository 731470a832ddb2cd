import type { Ref } from '../state/ref.ts';
import type { Span } from '../text/span.ts';

/** By what rows are put in order; what has none comes last. */
export type SortKey = string | number | null;

/** The head of a column. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Columns of the terminal; one that grows takes what is left. */
  readonly width: number;
  readonly grows?: boolean;
  /** One that grows grows up to that. */
  readonly most?: number;
  /** Where there is no room the column with the highest number goes first; 0 stays. */
  readonly yields: number;
  /** Stays where it is when the others are moved aside. */
  readonly fixed?: true;
  /** Is shown only where it was chosen. */
  readonly spare?: true;
  /** Rows can be grouped by it; what is most often asked for has the lowest number. */
  readonly groups?: number;
}

/** A column with what stands in it for an item. */
export interface ColumnOf<R> extends Column {
  readonly cell: (item: R) => Span;
  /** Default: the cell's text. */
  readonly sortBy?: (item: R) => SortKey;
  /** To which group an item belongs. Default: the cell's text. */
  readonly groupBy?: (item: R) => string;
}

/** A row of which only what is seen is drawn. */
export interface Row {
  /** The same from picture to picture: selection and marks hold on to it. */
  readonly key: string;
  /** Stays at the top, however the others are sorted. */
  readonly pinned: boolean;
  /** What orders act on. */
  readonly ref: Ref;
  readonly cell: (column: string) => Span;
  readonly sortBy: (column: string) => SortKey;
  readonly groupBy: (column: string) => string;
  /** What a filter looks into. */
  readonly text: () => string;
  /** What a single cell of it stands for; null: nothing of its own. */
  readonly cellRef: (column: string) => Ref | null;
  /** Of the head of a group: what stands in it, and the rows below it, on which orders act. */
  readonly head?: { readonly spans: readonly Span[]; readonly rows: readonly Row[] };
}

/** What a row is beside its cells. */
export interface RowMaker<R> {
  readonly key: (item: R) => string;
  readonly ref: (item: R) => Ref;
  readonly pinned?: (item: R) => boolean;
  readonly cellRef?: (item: R, column: string) => Ref | null;
}

/** Rows out of items. */
export function rowsOf<R>(
  columns: readonly ColumnOf<R>[],
  items: readonly R[],
  { key, ref, pinned, cellRef }: RowMaker<R>,
): Row[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const cell = (item: R, id: string): Span => byId.get(id)?.cell(item) ?? { text: '' };
  return items.map((item) => ({
    key: key(item),
    ref: ref(item),
    pinned: pinned?.(item) ?? false,
    cell: (id) => cell(item, id),
    sortBy: (id) => {
      const sortBy = byId.get(id)?.sortBy;
      return sortBy ? sortBy(item) : cell(item, id).text;
    },
    groupBy: (id) => byId.get(id)?.groupBy?.(item) ?? cell(item, id).text,
    cellRef: (id) => cellRef?.(item, id) ?? null,
    text: () => columns.map((column) => column.cell(item).text).join(' '),
  }));
}
