import { eachCharacter } from './characters.ts';
import type { Line, Span } from './span.ts';
import { steady } from './steady.ts';
import { isPlain, widthOf } from './width.ts';

/** As many code units as a column holds, with all the marks on its character: of a long text no more is looked at than is shown. */
const mostInColumn = 20;

/** Text that takes no more than so many columns; what is cut ends with `…`. Nothing in it can command the terminal. */
export function cut(text: string, width: number): string {
  const seen = text.slice(0, mostInColumn * (width + 1));
  const shown = isPlain(seen) ? seen : steady(seen);
  if (seen.length === text.length && widthOf(shown) <= width) return shown;
  if (width <= 0) return '';
  return `${beginning(shown, width - 1)}…`;
}

/** Text that takes just so many columns. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const shown = cut(text, width);
  const room = ' '.repeat(Math.max(0, width - widthOf(shown)));
  return align === 'left' ? shown + room : room + shown;
}

/** A line that takes no more than so many columns. */
export function cutLine(line: Line, width: number): Line {
  const spans: Span[] = [];
  let room = width;
  for (const one of line.spans) {
    if (room <= 0) break;
    const text = cut(one.text, room);
    room -= widthOf(text);
    spans.push({ ...one, text });
  }
  return { ...line, spans };
}

/** A line of just so many columns. */
export function fitLine(line: Line, width: number): Line {
  const shown = cutLine(line, width);
  const room = width - shown.spans.reduce((sum, { text }) => sum + widthOf(text), 0);
  return room > 0 ? { ...shown, spans: [...shown.spans, { text: ' '.repeat(room) }] } : shown;
}

/** Two lines in one: what is at the right stays whole as long as there is room for it. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = right.spans.reduce((sum, { text }) => sum + widthOf(text), 0);
  if (rightWidth + 1 >= width) return cutLine(left, width);
  return { ...left, spans: [...fitLine(left, width - rightWidth).spans, ...right.spans] };
}

/** What is left of a text without so many columns at its beginning; a wide character that is cut in half is a space. */
export function from(text: string, column: number): string {
  if (isPlain(text)) return text.slice(column);
  let [at, passed] = [0, 0];
  for (const one of eachCharacter(text)) {
    if (at >= column) break;
    at += widthOf(one);
    passed += one.length;
  }
  return ' '.repeat(Math.max(0, at - column)) + text.slice(passed);
}

/** A text in pieces that take no more than so many columns each; where there is no column, in single characters. */
export function pieces(text: string, width: number): string[] {
  const all: string[] = [];
  const most = Math.max(1, width);
  if (isPlain(text)) {
    for (let at = 0; at < text.length; at += most) all.push(text.slice(at, at + most));
    return all;
  }
  let [piece, used] = ['', 0];
  for (const one of eachCharacter(text)) {
    const its = widthOf(one);
    if (used + its > most && piece !== '') {
      all.push(piece);
      [piece, used] = ['', 0];
    }
    piece += one;
    used += its;
  }
  return piece === '' ? all : [...all, piece];
}

function beginning(text: string, width: number): string {
  if (isPlain(text)) return text.slice(0, width);
  let [shown, used] = ['', 0];
  for (const one of eachCharacter(text)) {
    const its = widthOf(one);
    if (used + its > width) break;
    shown += one;
    used += its;
  }
  return shown;
}
