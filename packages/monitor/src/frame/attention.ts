import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture } from '@piw/wire/status-protocol';
import { fitLine, spread } from '../text/fit.ts';
import { type Line, line, span } from '../text/span.ts';

/** What needs a human: what was raised last comes first. */
export const attentionInOrder = (board: Board): readonly AttentionPicture[] =>
  [...board.attention.values()].toSorted((a, b) => b.raisedMs - a.raisedMs || b.id - a.id);

/** What needs a human most, or what is chosen of it, in a line that says what to do; null where nothing does. */
export function drawAttention(board: Board, chosen: AttentionPicture | null, width: number): Line | null {
  const all = attentionInOrder(board);
  const shown = chosen ?? all[0];
  if (shown === undefined) return null;
  const nth = all.length > 1 ? `  ${all.indexOf(shown) + 1}/${all.length} ` : ' ';
  const how = chosen === null ? '! goes there' : `${all.length > 1 ? '← → others  ' : ''}Enter goes there`;
  const drawn = spread(
    line(span(`${chosen ? '>' : ' '}▲ `, 'bad'), span(shown.text, 'bad'), span(` ${shown.remedy}`)),
    line(span(`${nth} ${how} `, 'dim')),
    width,
  );
  return chosen === null ? drawn : { ...fitLine(drawn, width), chosen: true };
}
