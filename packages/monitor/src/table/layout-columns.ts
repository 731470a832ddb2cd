import type { Column } from './table.ts';

/** A column that is shown, and how wide. */
export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

/** The columns that are shown, and whether there are others at either side. */
export interface Layout {
  readonly columns: readonly PlacedColumn[];
  readonly before: boolean;
  readonly after: boolean;
}

const gap = 2;

/**
 * The columns that a screen has room for: the least important go first, and those that grow share what is left. Where so many were
 * moved aside, and there isn't room for all, the others follow those that stay in their order, as many as there is room for.
 */
export function layOutColumns(columns: readonly Column[], width: number, moved = 0): Layout {
  const from = needed(columns) <= width ? 0 : moved;
  const shown = from > 0 ? afterMoving(columns, width, from) : theImportant(columns, width);
  const widths = grown(shown, Math.max(0, width - needed(shown)));
  const last = columns.findLast(({ fixed }) => fixed !== true);
  return {
    columns: shown.map((column) => ({ column, width: widths.get(column.id) ?? column.width })),
    before: from > 0,
    after: from > 0 ? last !== undefined && !shown.includes(last) : shown.length < columns.length,
  };
}

/** With as few moved aside as leave that column on the screen. */
export function layOutAround(columns: readonly Column[], width: number, wanted: string): Layout {
  for (let from = 0; from < columns.length; from += 1) {
    const layout = layOutColumns(columns, width, from);
    if (layout.columns.some(({ column }) => column.id === wanted)) return layout;
  }
  return layOutColumns(columns, width);
}

const needed = (shown: readonly Column[]): number => shown.reduce((sum, column) => sum + column.width + gap, -gap);

/** How wide those are that grow: each gets its part of what is left, and the last what others have no use for. */
function grown(shown: readonly Column[], left: number): ReadonlyMap<string, number> {
  const growing = shown.filter(({ grows }) => grows).toSorted((a, b) => mostOf(a) - mostOf(b));
  const widths = new Map<string, number>();
  let rest = left;
  for (const [nth, column] of growing.entries()) {
    const its = Math.min(mostOf(column) - column.width, Math.floor(rest / (growing.length - nth)));
    widths.set(column.id, column.width + its);
    rest -= its;
  }
  return widths;
}

const mostOf = ({ most }: Column): number => most ?? Number.POSITIVE_INFINITY;

function theImportant(columns: readonly Column[], width: number): readonly Column[] {
  let shown = columns;
  while (needed(shown) > width && shown.length > 1) {
    const most = Math.max(...shown.map(({ yields }) => yields));
    if (most === 0) break;
    const last = shown.findLastIndex(({ yields }) => yields === most);
    shown = shown.filter((_, index) => index !== last);
  }
  return shown;
}

function afterMoving(columns: readonly Column[], width: number, from: number): readonly Column[] {
  const movable = columns.filter(({ fixed }) => fixed !== true);
  const rest = movable.slice(Math.min(from, movable.length - 1));
  const shown = columns.filter(({ fixed }) => fixed);
  for (const column of rest) {
    if (needed([...shown, column]) > width && column !== rest[0]) break;
    shown.push(column);
  }
  return shown;
}

/** How far columns stand apart. */
export const columnGap = ' '.repeat(gap);
