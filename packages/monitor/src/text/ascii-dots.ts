/** The dots of a braille pattern by their bits in Unicode, each column from the top. */
const columns = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/** What is drawn at the top, in the middle and at the bottom of a cell, in one half of it or all along. */
const [halves, wholes] = [`'--.`, `"--_`] as const;

/**
 * The character of ASCII that looks most like a braille pattern, which charts are drawn with: a stroke that goes up, down, along or straight on,
 * where in its cell it is. Null for what is no such pattern.
 */
export function asciiOfDots(character: string): string | null {
  const bits = character.codePointAt(0)! - 0x2800;
  if (bits < 0 || bits > 0xff) return null;
  const [left, right] = columns.map((column) => column.flatMap((bit, row) => (bits & bit ? [row] : []))) as [
    number[],
    number[],
  ];
  const rows = [...left, ...right];
  if (rows.length === 0) return ' ';
  const height = Math.max(...rows) - Math.min(...rows) + 1;
  const falls = left.length > 0 && right.length > 0 ? mean(right) - mean(left) : 0;
  if (height >= 3 && Math.abs(falls) >= 1) return falls > 0 ? '\\' : '/';
  if (height >= 3) return '|';
  return (left.length > 0 && right.length > 0 ? wholes : halves)[Math.round(mean(rows))]!;
}

const mean = (rows: readonly number[]): number => rows.reduce((sum, row) => sum + row, 0) / rows.length;
