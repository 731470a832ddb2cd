import type { Palette } from '../text/paint.ts';

/** What a terminal can show, as options and environment say: no colours with $NO_COLOR (no-color.org), ASCII where the locale has no UTF-8. */
export function paletteOf(
  { color, ascii }: { readonly color: boolean; readonly ascii: boolean },
  env: NodeJS.ProcessEnv,
): Palette {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C.UTF-8';
  return {
    colours: color && !env['NO_COLOR'] && env['TERM'] !== 'dumb' && !env['TERM']?.endsWith('-m'),
    ascii: ascii || !/utf-?8/i.test(locale),
  };
}
