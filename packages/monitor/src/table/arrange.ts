import { patternOf } from '../text/pattern.ts';
import type { Row, SortKey } from './table.ts';

/** By which column, and which way. */
export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows that a filter lets through: a regular expression, or what it doesn't match after a `!`; one that makes no sense is looked for as it is. */
export function filtered(rows: readonly Row[], filter: string): readonly Row[] {
  const { inverted, wanted } = partsOf(filter);
  if (wanted === '') return rows;
  const pattern = patternOf(wanted);
  return rows.filter((row) => pattern.isIn(row.text()) !== inverted);
}

const partsOf = (filter: string) => {
  const inverted = filter.startsWith('!');
  return { inverted, wanted: inverted ? filter.slice(1) : filter };
};

/** Why a filter is no regular expression; null where it is one. */
export const faultOfFilter = (filter: string): string | null => patternOf(partsOf(filter).wanted).fault;

/** The rows in the order that was chosen, below those that are pinned; equals stay as they were, and what has no value comes last either way. */
export function sorted(rows: readonly Row[], sorting: Sorting | null): readonly Row[] {
  if (sorting === null) return rows;
  const { column, descending } = sorting;
  const pinned = rows.filter((row) => row.pinned);
  const keyed = rows.filter((row) => !row.pinned).map((row) => ({ row, key: row.sortBy(column) }));
  const free = keyed.sort((a, b) => compare(a.key, b.key, descending));
  return [...pinned, ...free.map(({ row }) => row)];
}

const texts = new Intl.Collator('en', { numeric: true });

function compare(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : texts.compare(String(a), String(b));
  return descending ? -order : order;
}
