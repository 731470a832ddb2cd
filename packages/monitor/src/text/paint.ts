import { asciiOf } from './ascii.ts';
import type { Line, Span, Tone } from './span.ts';

/** What a terminal can show. */
export interface Palette {
  readonly colours: boolean;
  /** ASCII alone. */
  readonly ascii: boolean;
  /** No attributes either: plain text. */
  readonly plain?: boolean;
}

/**
 * Select Graphic Rendition (ECMA-48, 8.3.117): the sixteen colours that every theme, light or dark, has chosen to be read on its own
 * ground; what is dim is faint, so that it is nearer to whatever ground that is.
 */
const colours: Readonly<Record<Tone, string>> = {
  good: '32',
  sending: '36',
  cleaning: '35',
  odd: '33',
  bad: '31',
  dim: '2',
  strong: '1',
  key: '1;36',
  cursor: '7',
};
const colourless: Readonly<Partial<Record<Tone, string>>> = { dim: '2', strong: '1', bad: '1', key: '1', cursor: '7' };

/** Of what is old all is faint, and nothing bold: one code ends both, so that ink takes the faintness away with what is bold. */
const intensities: ReadonlySet<string> = new Set(['1', '2']);

/** The line as a terminal reads it. */
export function paint({ spans, chosen = false, old = false }: Line, palette: Palette): string {
  const text = spans.map((one) => paintSpan(one, { chosen, old }, palette)).join('');
  return palette.plain ? text.trimEnd() : text;
}

function paintSpan(
  { text, tone }: Span,
  { chosen, old }: { readonly chosen: boolean; readonly old: boolean },
  palette: Palette,
): string {
  const shown = palette.ascii ? asciiOf(text) : text;
  if (palette.plain || text === '') return shown;
  const look = tone === undefined ? undefined : (palette.colours ? colours : colourless)[tone];
  const looks = (look?.split(';') ?? []).filter((code) => !old || !intensities.has(code));
  const codes = [...(chosen ? ['7'] : []), ...(old ? ['2'] : []), ...looks];
  return codes.length === 0 ? shown : `\x1b[${codes.join(';')}m${shown}\x1b[0m`;
}
