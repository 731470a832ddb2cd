/** What tells the courses of a chart apart without their colours, in letters of ASCII: the first course has the first. */
const marks = ['o', 'x', '+', '*', '#'] as const;

/** A course that is alone needs no mark. */
export const markOf = (nth: number, of: number): string | null => (of < 2 ? null : marks[nth % marks.length]!);

/** From a mark to the next of the same course, in columns; those of the others stand between. */
const apart = 15;

/** In which columns a course is marked, of those where it is known: at equal distances, and wherever it is known at all. */
export function markedColumns(known: readonly boolean[], nth: number, of: number): number[] {
  const first = Math.floor((nth * apart) / of);
  return runsOf(known).flatMap(([from, to]) => {
    if (to - from < apart) return [from + Math.floor(((nth + 0.5) / of) * (to - from))];
    return columnsBetween(from, to).filter((column) => (column - first) % apart === 0);
  });
}

const columnsBetween = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, nth) => from + nth);

/** Where something is known without a gap. */
function runsOf(known: readonly boolean[]): (readonly [from: number, to: number])[] {
  const starts = known.flatMap((is, at) => (is && !known[at - 1] ? [at] : []));
  return starts.map((from) => {
    const end = known.indexOf(false, from);
    return [from, end < 0 ? known.length : end];
  });
}
