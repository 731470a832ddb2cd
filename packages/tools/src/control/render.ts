import { styleText } from 'node:util';
import type { Context } from '@piw/host/command';
import { oneLine } from '@piw/host/log-line';
import Table from 'cli-table3';
import type { Cell, Page, Part, Style } from './page.ts';

/** Where a page is shown: with colours or without, and how many characters wide; undefined has no end. */
export interface Screen {
  readonly colours: boolean;
  readonly columns: number | undefined;
}

/** Colours on a terminal, unless $NO_COLOR is set (no-color.org); a pipe has neither colours nor an end of line. */
export const screenOf = ({ stdout, env }: Pick<Context, 'stdout' | 'env'>): Screen => ({
  colours: stdout.isTTY === true && !env['NO_COLOR'],
  columns: stdout.isTTY === true ? stdout.columns : undefined,
});

/** The lines of a page. No text in it can command the terminal or forge a line: whatever could is taken out here. */
export const render = (page: Page, screen: Screen): string[] => page.flatMap((part) => renderPart(part, screen));

function renderPart(part: Part, screen: Screen): string[] {
  switch (part.type) {
    case 'line':
      return [part.cells.map((cell) => show(cell, screen)).join(' ')];
    case 'title':
      return ['', show(part.text, screen, 'bold')];
    case 'table':
      return renderTable(part, screen);
  }
}

const gap = 2;
const shortestCut = 20;

function renderTable({ head, rows }: Extract<Part, { type: 'table' }>, screen: Screen): string[] {
  const [first] = [head, ...rows].filter(({ length }) => length > 0);
  if (first === undefined) return [];
  const widths = first.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => plain(row[column] ?? '').length + gap)),
  );
  const drawn = new Table({
    head: head.map((text) => show(text, screen, 'dim')),
    colWidths: cutLast(widths, screen.columns),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    chars: frameless,
  });
  drawn.push(...rows.map((row) => row.map((cell) => show(cell, screen))));
  return drawn
    .toString()
    .split('\n')
    .map((text) => text.trimEnd());
}

/** The last column gives way, as long as enough of it is left to be read. */
function cutLast(widths: readonly number[], columns: number | undefined): (number | null)[] {
  const others = widths.slice(0, -1).reduce((sum, width) => sum + width, 0);
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - others + gap;
  const last = widths.at(-1) ?? 0;
  return [...widths.slice(0, -1).map(() => null), room < last && room > shortestCut ? room : null];
}

const plain = (cell: Cell): string => oneLine(typeof cell === 'string' ? cell : cell.text);

const show = (cell: Cell, { colours }: Screen, format: Format | null = formatOf(cell)): string =>
  colours && format !== null ? styleText(format, plain(cell), { validateStream: false }) : plain(cell);

type Format = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

const formatOf = (cell: Cell): Format | null => (typeof cell === 'string' ? null : formats[cell.style]);

const formats: Readonly<Record<Style, Format>> = { good: 'green', bad: 'red', odd: 'yellow', busy: 'cyan', dim: 'dim' };

const frameless = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
  ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '' },
};
