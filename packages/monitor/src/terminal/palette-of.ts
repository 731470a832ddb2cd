import type { Palette } from '../text/paint.ts';
import { groundOf } from './ground.ts';

/**
 * What a terminal can show, as options and environment say: no colours with $NO_COLOR (no-color.org), ASCII where the locale has no UTF-8,
 * and on the console of Linux, whose fonts have 512 characters at most, hardly any of ours among them.
 */
export function paletteOf(
  { color, ascii }: { readonly color: boolean; readonly ascii?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): Palette {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C.UTF-8';
  const term = env['TERM'] ?? '';
  return {
    colours: color && !env['NO_COLOR'] && !/^(dumb|vt\d.*)$|-m(ono)?$/.test(term),
    many: /256|direct/.test(term) || /truecolor|24bit/.test(env['COLORTERM'] ?? ''),
    light: groundOf(env) === 'light',
    ascii: ascii ?? (term === 'linux' || !/utf-?8/i.test(locale)),
  };
}
