import type { Sorting } from '../table/arrange.ts';

/** What an operator chose in a list. */
export interface ListState {
  /** The row that is chosen, by its key; null: the first. */
  readonly chosen: string | null;
  /** Where it was last: if it vanishes, its neighbour is chosen. */
  readonly index: number;
  /** The first row that is seen. */
  readonly top: number;
  readonly filter: string;
  readonly sorting: Sorting | null;
  readonly marked: ReadonlySet<string>;
  /** Before what the pages begin that were asked for after the first. */
  readonly earlier: readonly number[];
  /** The columns that are shown, by their ids; null: the usual. */
  readonly columns: readonly string[] | null;
  /** The column by which rows are grouped; null: they aren't. */
  readonly group: string | null;
  /** How many columns are moved aside. */
  readonly aside: number;
  /** The column of the cell where the operator is; null: they are on the whole row. */
  readonly cell: string | null;
}

export const untouched: ListState = {
  ...{ chosen: null, index: 0, top: 0, filter: '', sorting: null, marked: new Set() },
  earlier: [],
  ...{ columns: null, group: null, aside: 0, cell: null },
};
