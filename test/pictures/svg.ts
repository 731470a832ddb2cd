import type { Cell } from './cells.ts';

/** The size of a cell of the picture's font. */
const [cellWidth, cellHeight, fontSize, margin] = [8, 17, 13, 8];

const [ground, usual] = ['#16181d', '#d5d8de'];
/** The sixteen colours of a terminal, as a dark theme has them. */
const colours = [
  ...['#3b3f4a', '#e06c75', '#8cc570', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d5d8de'],
  ...['#6b7280', '#ff7b85', '#a5e075', '#ffd68a', '#80c4ff', '#dd94f0', '#6fd3df', '#ffffff'],
];

/** A screen as a picture (SVG 1.1), each text as wide as its cells are, whatever font the reader has. */
export function svgOf(rows: readonly (readonly Cell[])[], title: string): string {
  const columns = Math.max(0, ...rows.map((row) => row.reduce((sum, { width }) => sum + width, 0)));
  const [width, height] = [columns * cellWidth + 2 * margin, rows.length * cellHeight + 2 * margin];
  const drawn = rows.flatMap((row, y) => runsOf(row).map((run) => drawRun(run, y)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>text{font:${fontSize}px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre;fill:${usual}}.b{font-weight:bold}.d{opacity:.6}${classes}</style>`,
    `<rect width="${width}" height="${height}" rx="6" fill="${ground}"/>`,
    ...drawn.filter((one) => one !== ''),
    '</svg>',
    '',
  ].join('\n');
}

const classes = colours.map((colour, nth) => `.c${nth}{fill:${colour}}`).join('');

/** Cells side by side that look the same. */
interface Run {
  readonly x: number;
  readonly width: number;
  readonly text: string;
  readonly look: Cell;
}

function runsOf(row: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  let x = 0;
  for (const cell of row) {
    const last = runs.at(-1);
    if (last && goTogether(last, cell))
      runs[runs.length - 1] = { ...last, width: last.width + cell.width, text: last.text + cell.text };
    else runs.push({ x, width: cell.width, text: cell.text, look: cell });
    x += cell.width;
  }
  return runs;
}

/** Fonts have other widths for characters that they don't know: those stand apart from text. */
const kindOf = (text: string): string => (/^[\x20-\x7e]*$/.test(text) ? 'text' : /^[⠀-⣿]+$/.test(text) ? 'dots' : text);

const goTogether = ({ text, look }: Run, cell: Cell): boolean =>
  look.colour === cell.colour &&
  look.bold === cell.bold &&
  look.dim === cell.dim &&
  look.inverse === cell.inverse &&
  kindOf(text.at(-1) ?? '') === kindOf(cell.text);

function drawRun({ x, width, text, look }: Run, y: number): string {
  const [left, top] = [margin + x * cellWidth, margin + y * cellHeight];
  const colour = look.colour === null ? usual : (colours[look.colour] ?? usual);
  const bar = look.inverse
    ? `<rect x="${left}" y="${top}" width="${width * cellWidth}" height="${cellHeight}" fill="${colour}"/>`
    : '';
  if (text.trim() === '') return bar;
  const shown = text.trimEnd();
  const from = shown.length - shown.trimStart().length;
  const columns = width - (text.length - shown.length) - from;
  const style = look.inverse ? ` style="fill:${ground}"` : '';
  return `${bar}<text x="${left + from * cellWidth}" y="${top + 13}" textLength="${columns * cellWidth}" lengthAdjust="spacingAndGlyphs"${classOf(look)}${style}>${escaped(shown.trimStart())}</text>`;
}

function classOf({ colour, bold, dim, inverse }: Cell): string {
  const names = [...(colour === null || inverse ? [] : [`c${colour}`]), ...(bold ? ['b'] : []), ...(dim ? ['d'] : [])];
  return names.length === 0 ? '' : ` class="${names.join(' ')}"`;
}

/** A text that is no markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
