import { oncePer } from '@piw/operator/once-per';
import type { LogLine } from '../state/log-text.ts';
import type { Monitor } from '../state/monitor.ts';
import { from, pieces } from '../text/fit.ts';
import { patternOf } from '../text/pattern.ts';
import { type Line, line, span } from '../text/span.ts';
import { widthOf } from '../text/width.ts';

/** The lines of the log that is read, as they are read: wrapped or cut, with their times or without. */
export const logLines = oncePer(({ log, reading, size }: Monitor): readonly LogLine[] => {
  if (log === null) return [];
  const lines = log.rest === '' ? log.lines : [...log.lines, { text: log.rest, atMs: null }];
  return reading.wrapped ? lines.flatMap((one) => wrapped(one, size.columns - (reading.timed ? timeWidth : 0))) : lines;
});

const timeWidth = 9;

/** A line of the log; what is searched for stands out. */
export function drawLogLine({ text, atMs }: LogLine, { reading }: Monitor): Line {
  const time = reading.timed ? [span(`${clock(atMs)} `, 'dim')] : [];
  const moved = !reading.wrapped && reading.left > 0;
  return line(...time, ...found(moved ? from(text, reading.left) : text, reading.search));
}

const clock = (ms: number | null): string => (ms === null ? ' '.repeat(8) : new Date(ms).toTimeString().slice(0, 8));

function wrapped(whole: LogLine, width: number): LogLine[] {
  const { text } = whole;
  if (widthOf(text) <= width) return [whole];
  return pieces(text, width).map((piece) => ({ ...whole, text: piece }));
}

function found(text: string, search: string) {
  const place = search === '' ? null : patternOf(search).placeIn(text);
  if (place === null) return [span(text)];
  const [at, end] = place;
  return [span(text.slice(0, at)), span(text.slice(at, end), 'key'), span(text.slice(end))];
}
