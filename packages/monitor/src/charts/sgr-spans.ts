import type { Span, Tone } from '../text/span.ts';

/** What the colours that charts are drawn with mean (ECMA-48, 8.3.117: 30 to 37 are colours of the foreground). */
const tones: Readonly<Record<string, Tone>> = {
  ...{ 31: 'bad', 32: 'good', 33: 'odd', 35: 'cleaning', 36: 'sending', 37: 'dim' },
};

/** Text with SGR sequences as spans, so that it is shown as any other line is. */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let tone: Tone | undefined;
  for (const [, sgr, plain] of text.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/g)) {
    if (plain === undefined) tone = tones[sgr ?? ''];
    else spans.push({ text: plain, tone });
  }
  return spans;
}
