import type { Cell, CellState } from '@piw/db/matrix-cells';

/** How a state of the matrix is shown: a sign where there is little room, a word where there is some, and a colour. */
export interface CellLook {
  readonly sign: string;
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'wait' | 'faint';
}

const looks: Readonly<Record<CellState, CellLook>> = {
  file: { sign: '✓', word: 'wheel', tone: 'good' },
  built: { sign: '○', word: 'no wheel for this target', tone: 'bad' },
  failed: { sign: '✗', word: 'failed', tone: 'bad' },
  skipped: { sign: '⊘', word: 'skipped', tone: 'faint' },
  upstream: { sign: '↑', word: 'upstream serves it', tone: 'good' },
  excluded: { sign: '–', word: 'not for this Python', tone: 'faint' },
  waiting: { sign: '·', word: 'waiting', tone: 'wait' },
  delayed: { sign: '·', word: 'waiting for a while', tone: 'wait' },
  building: { sign: '…', word: 'being built', tone: 'wait' },
  none: { sign: '', word: 'not tried yet', tone: 'faint' },
};

/** What a cell looks like. */
export const lookOf = ({ state }: Cell): CellLook => looks[state];

/** A cell in one line: `failed: missing header ffi.h`. */
export const sentenceOf = (cell: Cell): string => {
  const { word } = lookOf(cell);
  return cell.text === null ? word : `${word}: ${cell.text}`;
};
