import type { Outcome } from '@piw/wheel/outcome';
import { type Span, span, type Tone } from '../text/span.ts';

const outcomes: Readonly<Record<Outcome, readonly [string, Tone]>> = {
  success: ['✓', 'good'],
  failure: ['✗', 'bad'],
  timeout: ['✗', 'bad'],
  memory: ['✗', 'bad'],
  rejected: ['✗', 'bad'],
  transient: ['▲', 'odd'],
  lost: ['▲', 'odd'],
  cancelled: ['·', 'dim'],
  skipped: ['·', 'dim'],
  'no-source': ['·', 'dim'],
};

/** How an attempt ended, with a glyph of its own; null: it runs. */
export function outcomeSpan(outcome: Outcome | null): Span {
  if (outcome === null) return span('● building', 'good');
  const [glyph, tone] = outcomes[outcome];
  return span(`${glyph} ${outcome}`, tone);
}
