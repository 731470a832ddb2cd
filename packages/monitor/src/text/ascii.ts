import { asciiOfDots } from './ascii-dots.ts';
import { charactersOf } from './characters.ts';
import { widthOf } from './width.ts';

/** What stands for the characters that this program draws with where a terminal has ASCII alone. */
const stand: Readonly<Record<string, string>> = {
  ...{ '●': '*', '◐': '>', '◇': '~', '○': 'o', '◆': '#', '▲': '!', '✕': 'x', '✓': '+', '✗': 'x', '∥': '=' },
  ...{ '▼': 'v', '…': '~', '─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '·': '.', '–': '-', '°': "'" },
  ...{ '▁': '_', '▂': '_', '▃': '.', '▄': '-', '▅': '=', '▆': '+', '▇': '*', '█': '#', '×': 'x', '→': '>', '≥': '>' },
  ...{ '←': '<', '‹': '<', '›': '>', '’': "'" },
};

/** The text in ASCII, as wide as before; what has no stand-in is `?`. */
export const asciiOf = (text: string): string =>
  isAscii(text)
    ? text
    : charactersOf(text)
        .map((one) => (isAscii(one) ? one : (stand[one] ?? asciiOfDots(one) ?? '?'.repeat(widthOf(one)))))
        .join('');

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
