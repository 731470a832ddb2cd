import font from 'oled-font-5x7';
import { type Colour, colours } from './colour.ts';
import { draw, type Picture, side } from './picture.ts';

/** How high the letters are; the row below them is free. */
export const letterRows = font.height;

/** Milliseconds that a text takes for a column. */
const columnMs = 50;
/** How long it rests before it moves. */
const restMs = 600;

const glyphs: ReadonlyMap<string, readonly number[]> = new Map(
  font.lookup.map((letter, i) => [letter, font.fontData.slice(i * font.width, (i + 1) * font.width)]),
);

/** Nobody stands before the lights for more letters than these, which take a minute and a half. */
const longest = 300;

/** A text as columns of pixels from the left, the lowest bit of each at the top; what the font lacks is a question mark. */
export function columnsOf(text: string): readonly number[] {
  const read = text.length <= longest ? text : `${text.slice(0, longest)}...`;
  const known = Array.from(read.normalize('NFC'), (letter) => glyphs.get(letter) ?? glyphs.get(plain(letter)));
  return known.flatMap((glyph) => [...(glyph ?? glyphs.get('?')!), 0]);
}

/** A letter without its accents. */
const plain = (letter: string): string => letter.normalize('NFD')[0] ?? '';

/** A text as it is seen so long after it appeared: it rests, goes by to the left, and comes again; `aheadMs` is how far it was pushed on. */
export function scroll(text: string, forMs: number, colour: Colour, aheadMs = 0): Picture {
  const columns = columnsOf(text);
  const gone = columns.length - 1 <= side ? 0 : Math.floor((Math.max(0, forMs - restMs) + aheadMs) / columnMs);
  const at = gone % (columns.length + side);
  return draw((x, y) => {
    const column = columns[x + at] ?? (gone > 0 ? columns[x + at - columns.length - side] : undefined) ?? 0;
    return y < letterRows && (column & (1 << y)) !== 0 ? colour : colours.black;
  });
}

/** How far a push takes a text on: to what is hidden yet, in milliseconds of its way. */
export const screenfulMs = side * columnMs;

/** How long a text takes until all of it was seen, in milliseconds. */
export const readingMs = (text: string): number => restMs + columnsOf(text).length * columnMs;
