import { stripVTControlCharacters } from 'node:util';
import { withFewMarks } from '@piw/wire/clean-text';

/** A log as it is read, in lines. */
export interface LogText {
  readonly attempt: number;
  /** Whole lines, the last `linesKept` of them. */
  readonly lines: readonly LogLine[];
  /** What has no end of line yet. */
  readonly rest: string;
  /** How many lines were let go at the beginning. */
  readonly dropped: number;
  readonly bytes: number;
  readonly ended: boolean;
  readonly trouble: string | null;
}

/** A line, and when it came; null: it was there already. */
export interface LogLine {
  readonly text: string;
  readonly atMs: number | null;
}

/** As many lines as a person scrolls through; the whole log can be saved. */
export const linesKept = 50_000;

export const emptyLog = (attempt: number): LogText => ({
  ...{ attempt, lines: [], rest: '', dropped: 0, bytes: 0, ended: false, trouble: null },
});

/** The log after a further piece of text, which came then where that is known. What would command the terminal is left out; a carriage return writes a line anew. */
export function logWith(
  log: LogText,
  piece: { readonly text: string; readonly bytes: number; readonly ended: boolean },
  atMs: number | null,
): LogText {
  const [rest = '', ...more] = (log.rest + piece.text).split('\n').flatMap(inReach).toReversed();
  const whole = more.toReversed();
  const added = [...whole, ...(piece.ended && rest !== '' ? [rest] : [])].map(
    (text): LogLine => ({ text: shown(text), atMs }),
  );
  const lines = added.length === 0 ? log.lines : [...log.lines, ...added];
  const over = Math.max(0, lines.length - linesKept);
  return {
    ...log,
    lines: over > 0 ? lines.slice(over) : lines,
    rest: piece.ended ? '' : rest,
    dropped: log.dropped + over,
    bytes: log.bytes + piece.bytes,
    ended: piece.ended,
  };
}

/** Characters after which a line is another: one without an end would be put together anew with each piece that comes. */
const longestLine = 10_000;

const inReach = (line: string): readonly string[] =>
  line.length <= longestLine
    ? [line]
    : Array.from({ length: Math.ceil(line.length / longestLine) }, (_, n) =>
        line.slice(n * longestLine, (n + 1) * longestLine),
      );

/** As a terminal would leave it: tabs as spaces, and after a carriage return what was written last; with a few marks on a character at most. */
const shown = (text: string): string =>
  withFewMarks(stripVTControlCharacters(text).replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .replaceAll('\t', '        ')
    .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '');
