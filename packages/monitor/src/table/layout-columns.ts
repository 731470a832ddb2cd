import type { Column } from './table.ts';

/** A column that is shown, and how wide. */
export interface PlacedColumn {
  readonly column: Column;
  readonly width: number;
}

const gap = 2;

/** The columns that a screen has room for: the least important go first, and those that grow share what is left. */
export function layOutColumns(columns: readonly Column[], width: number): PlacedColumn[] {
  let shown = [...columns];
  const needed = (): number => shown.reduce((sum, column) => sum + column.width + gap, -gap);
  while (needed() > width && shown.length > 1) {
    const most = Math.max(...shown.map(({ yields }) => yields));
    if (most === 0) break;
    const last = shown.findLastIndex(({ yields }) => yields === most);
    shown = shown.filter((_, index) => index !== last);
  }
  const left = Math.max(0, width - needed());
  const growing = shown.filter(({ grows }) => grows);
  return shown.map((column) => ({
    column,
    width: column.grows ? column.width + Math.floor(left / growing.length) : column.width,
  }));
}

/** How far columns stand apart. */
export const columnGap = ' '.repeat(gap);
