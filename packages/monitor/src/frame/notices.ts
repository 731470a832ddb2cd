import type { Monitor, Notice } from '../state/monitor.ts';
import { oncePer } from '../state/once-per.ts';
import { type Line, line, span } from '../text/span.ts';
import { wrap } from '../text/wrap.ts';

const glyphs = { good: '✓', odd: '▲', bad: '✕' } as const satisfies Record<Notice['tone'], string>;
const most = 3;

/** What was told last, each in as many lines as it needs, but no more than three. */
export const noticeLines = oncePer(({ notices, size }: Monitor): readonly Line[] => {
  const width = Math.max(10, size.columns - 4);
  return notices.flatMap(({ tone, text }) => {
    const [first = '', ...others] = wrap(text, width);
    const rest = others.slice(0, most - 1);
    const cutOff = others.length > rest.length;
    return [
      line(' ', span(`${glyphs[tone]} ${first}`, tone)),
      ...rest.map((one, nth) => line('   ', span(cutOff && nth === rest.length - 1 ? `${one} …` : one, tone))),
    ];
  });
});
