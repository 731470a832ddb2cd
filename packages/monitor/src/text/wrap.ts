import { pieces } from './fit.ts';
import { steady } from './steady.ts';
import { widthOf } from './width.ts';

/** A text in lines of no more than so many columns, broken between words; a word that is longer is broken where it must. There is one column at least. */
export function wrap(text: string, width: number): string[] {
  const most = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of steady(text)
    .split(' ')
    .flatMap((one) => (widthOf(one) > most ? pieces(one, most) : [one]))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= most) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
