import { asciiOf } from './ascii.ts';
import type { Line, Span, Tone } from './span.ts';

/** What a terminal can show. */
export interface Palette {
  readonly colours: boolean;
  /** 256 of them, where not only sixteen. */
  readonly many?: boolean;
  /** The ground is light. */
  readonly light?: boolean;
  /** ASCII alone. */
  readonly ascii: boolean;
  /** No attributes either: plain text. */
  readonly plain?: boolean;
}

/** What is dim is faint, so that it is nearer to whatever the ground is. */
const attributes = { dim: '2', strong: '1', cursor: '7' } as const;

/**
 * Select Graphic Rendition (ECMA-48, 8.3.117). On a dark ground, and on one that nobody knows, the usual colours. On a light one neither
 * yellow nor cyan, which can't be read there: darker ones of 256 (contrast 4.5 to white at least), else the darkest of the sixteen.
 */
const dark: Readonly<Record<Tone, string>> = {
  ...attributes,
  ...{ good: '32', sending: '36', cleaning: '35', odd: '33', bad: '31', key: '1;36' },
};
const light: Readonly<Record<Tone, string>> = {
  ...attributes,
  ...{ good: '38;5;22', sending: '38;5;24', cleaning: '38;5;90', odd: '38;5;94', bad: '38;5;124', key: '1;38;5;25' },
};
const lightOfSixteen: Readonly<Record<Tone, string>> = {
  ...attributes,
  ...{ good: '32', sending: '34', cleaning: '34', odd: '35', bad: '31', key: '1;34' },
};
const colourless: Readonly<Partial<Record<Tone, string>>> = { dim: '2', strong: '1', bad: '1', key: '1', cursor: '7' };

/** Of what is old all is faint, and nothing bold: one code ends both, so that ink takes the faintness away with what is bold. */
const intensities: ReadonlySet<string> = new Set(['1', '2']);

/** The line as a terminal reads it. */
export function paint({ spans, chosen = false, old = false }: Line, palette: Palette): string {
  const text = spans.map((one) => paintSpan(one, { chosen, old }, palette)).join('');
  return palette.plain ? text.trimEnd() : text;
}

/** Hebrew, Arabic and their neighbours. A terminal that turns them round would turn the figures after them, but for a mark (UAX #9). */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const backToLeft = '\u200e';

function looksOf({ colours, many, light: isLight }: Palette): Readonly<Partial<Record<Tone, string>>> {
  if (!colours) return colourless;
  if (!isLight) return dark;
  return many ? light : lightOfSixteen;
}

function paintSpan(
  { text, tone }: Span,
  { chosen, old }: { readonly chosen: boolean; readonly old: boolean },
  palette: Palette,
): string {
  if (palette.plain || text === '') return palette.ascii ? asciiOf(text) : text;
  const shown = palette.ascii ? asciiOf(text) : `${text}${rightToLeft.test(text) ? backToLeft : ''}`;
  const look = tone === undefined ? undefined : looksOf(palette)[tone];
  const looks = (look?.split(';') ?? []).filter((code) => !old || !intensities.has(code));
  const codes = [...(chosen ? ['7'] : []), ...(old ? ['2'] : []), ...looks];
  return codes.length === 0 ? shown : `\x1b[${codes.join(';')}m${shown}\x1b[0m`;
}
