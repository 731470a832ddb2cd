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
}

export const untouched: ListState = {
  ...{ chosen: null, index: 0, top: 0, filter: '', sorting: null, marked: new Set() },
};
