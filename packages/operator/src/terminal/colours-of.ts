/** The colours that a terminal has: none, the eight of old, those of 256-colour terminals, or all. */
export type Colours = 'none' | 'few' | '256' | 'true';

/** The colours that may be shown, as option and environment say: none with $NO_COLOR (no-color.org). */
export function coloursOf(wanted: boolean, env: NodeJS.ProcessEnv): Colours {
  const term = env['TERM'] ?? '';
  if (!wanted || env['NO_COLOR'] || /^(dumb|vt\d.*)$|-m(ono)?$/.test(term)) return 'none';
  if (/truecolor|24bit/.test(env['COLORTERM'] ?? '')) return 'true';
  return /256|direct/.test(term) ? '256' : 'few';
}
