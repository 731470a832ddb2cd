import { pieces } from './fit.ts';
import { steady } from './steady.ts';
import { widthOf } from './width.ts';

/** A text in lines of no more than so many columns, broken between words; a word that is longer is broken where it must. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of steady(text)
    .split(' ')
    .flatMap((one) => (widthOf(one) > width ? pieces(one, width) : [one]))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
