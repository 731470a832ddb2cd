import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture } from '@piw/wire/status-protocol';
import { spread } from '../text/fit.ts';
import { type Line, line, span } from '../text/span.ts';

/** What needs a human most: what was raised last; null where nothing does. */
export const foremost = (board: Board): AttentionPicture | null =>
  [...board.attention.values()].toSorted((a, b) => b.raisedMs - a.raisedMs || b.id - a.id)[0] ?? null;

/** It in a line that says what to do. */
export function drawAttention(board: Board, width: number): Line | null {
  const first = foremost(board);
  if (first === null) return null;
  const others = board.attention.size > 1 ? `  1/${board.attention.size} ` : ' ';
  return spread(
    line(span(' ▲ ', 'bad'), span(first.text, 'bad'), span(` ${first.remedy}`)),
    line(span(`${others} ! goes there `, 'dim')),
    width,
  );
}
