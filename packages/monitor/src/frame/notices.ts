import { oncePer } from '@piw/operator/once-per';
import { ControlError } from '@piw/wire/control-error';
import type { Monitor, Notice } from '../state/monitor.ts';
import { type Line, line, span } from '../text/span.ts';
import { wrap } from '../text/wrap.ts';

const glyphs = { good: '✓', odd: '▲', bad: '✕', asked: '…' } as const satisfies Record<Notice['tone'], string>;
const most = 3;

/** That the master does not let this monitor in, and what to do about it, for as long as it is so. */
export function refusalOf({ feed: { trouble } }: Pick<Monitor, 'feed'>): string | null {
  return trouble instanceof ControlError && trouble.kind === 'unadmitted'
    ? `${trouble.message} ${trouble.remedy}`
    : null;
}

/** What was told last, each in as many lines as it needs, but no more than three. */
export const noticeLines = oncePer((monitor: Monitor): readonly Line[] => {
  const width = Math.max(10, monitor.size.columns - 4);
  const refusal = refusalOf(monitor);
  const notices = monitor.notices.filter(({ text }) => refusal === null || !text.endsWith(refusal));
  const told = refusal === null ? notices : [...notices, { tone: 'bad', text: refusal } as const];
  return told.flatMap(({ tone: kind, text }) => {
    const tone = kind === 'asked' ? 'dim' : kind;
    const [first = '', ...others] = wrap(text, width);
    const rest = others.slice(0, most - 1);
    const cutOff = others.length > rest.length;
    return [
      line(' ', span(`${glyphs[kind]} ${first}`, tone)),
      ...rest.map((one, nth) => line('   ', span(cutOff && nth === rest.length - 1 ? `${one} …` : one, tone))),
    ];
  });
});
