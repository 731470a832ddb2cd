import { oneLine } from '@piw/host/log-line';
import type { Colour } from '../pixels/colour.ts';
import { type Picture, pixelAt, side } from '../pixels/picture.ts';
import type { Words } from './hat.ts';

/** How a terminal shows colours: as they are, as the nearest of 256, or not at all. */
export type ColourDepth = 'true' | '256' | 'none';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Rows for words at least: an empty one, two of the caption, one that tells the keys. */
const wordRows = 4;
/** What a terminal needs for lights: those, a row of the caption, and the keys. */
const least = { columns: side, rows: side / 2 + 2 } as const;

/** The rows of a terminal: the picture in its middle, as large as it fits up to four times; below it the caption, and last what the keys do. */
export function linesOf(picture: Picture, { caption, keys }: Words, size: Size, depth: ColourDepth): string[] {
  const { columns, rows } = size;
  const isRoom = columns >= least.columns && rows >= least.rows;
  const lights = isRoom ? lightsOf(picture, size, depth) : [`${side} × ${least.rows} at least`.slice(0, columns)];
  const above = Math.max(0, Math.floor((rows - wordRows - lights.length) / 2));
  const gap = rows - lights.length > 3 ? 1 : 0;
  const left = rows - above - lights.length - gap;
  const indented = (text: string, most: number): string[] => wrapped(text, columns - 2, most).map((line) => ` ${line}`);
  const lower = indented(`q: leave. ${keys}`, left > 3 ? 2 : Math.min(1, left));
  const said = indented(printable(caption), left - lower.length);
  const blank = (count: number): string[] => Array.from({ length: Math.max(0, count) }, () => '');
  const upper = [...blank(above), ...lights, ...blank(gap), ...said];
  return [...upper, ...blank(rows - upper.length - lower.length), ...lower].slice(0, rows);
}

/** Other people's words, without what moves a cursor or turns the way of writing. */
const printable = (text: string): string => oneLine(text).replace(/\p{Cf}/gu, '');

/** A text in lines of so many letters, broken between words where that can be; the last one of those that there is room for says that there is more. */
function wrapped(text: string, wide: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (rest !== '' && lines.length < most && wide > 0) {
    const space = rest.length > wide ? rest.lastIndexOf(' ', wide) : rest.length;
    const end = space > 0 ? Math.min(space, rest.length) : wide;
    const isLast = lines.length === most - 1;
    lines.push(isLast ? fitting(rest, wide) : rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return lines;
}

const fitting = (text: string, wide: number): string =>
  text.length <= wide ? text : `${text.slice(0, Math.max(0, wide - 1)).trimEnd()}…`;

function lightsOf(picture: Picture, { columns, rows }: Size, depth: ColourDepth): string[] {
  const room = Math.min(Math.floor(columns / side), Math.floor(((rows - wordRows) * 2) / side));
  const scale = Math.max(1, Math.min(4, depth === 'none' ? Math.floor(room / 2) * 2 : room));
  const left = ' '.repeat(Math.max(0, Math.floor((columns - side * scale) / 2)));
  return Array.from({ length: Math.ceil((side * scale) / 2) }, (_, row) => {
    const cells = Array.from({ length: side }, (__, x) => {
      const at = (half: number): Colour => pixelAt(picture, x, Math.floor(half / scale));
      return cell(at(row * 2), at(row * 2 + 1), scale, depth);
    });
    return `${left}${cells.join('')}`;
  });
}

/** Two pixels, one above the other, so wide; of those without colours only how bright they are. */
function cell(upper: Colour, lower: Colour, wide: number, depth: ColourDepth): string {
  if (depth === 'none')
    return shades[Math.min(shades.length - 1, Math.ceil((brightness(upper) + brightness(lower)) / 2 / 48))]!.repeat(
      wide,
    );
  return `\x1b[${sgr(38, upper, depth)};${sgr(48, lower, depth)}m${'▀'.repeat(wide)}`;
}

const shades = [' ', '·', '░', '▒', '▓', '█'] as const;

/** As eyes have it (ITU-R BT.601). */
const brightness = ([red, green, blue]: Colour): number => 0.3 * red + 0.59 * green + 0.11 * blue;

const sgr = (ground: 38 | 48, [red, green, blue]: Colour, depth: ColourDepth): string =>
  depth === 'true' ? `${ground};2;${red};${green};${blue}` : `${ground};5;${nearest([red, green, blue])}`;

/** In the cube of 6 × 6 × 6 colours that 256-colour terminals have from 16 on; its steps are 0, 95, 135 … 255. */
const nearest = (colour: Colour): number => {
  const [red, green, blue] = colour.map((value) => (value < 48 ? 0 : Math.max(1, Math.round((value - 55) / 40))));
  return 16 + 36 * red! + 6 * green! + blue!;
};
