import { coloursOf } from '@piw/operator/terminal/colours-of';
import { groundOf } from '@piw/operator/terminal/ground';
import type { Palette } from '../text/paint.ts';

/**
 * What a terminal can show, as options and environment say: ASCII where the locale has no UTF-8,
 * and on the console of Linux, whose fonts have 512 characters at most, hardly any of ours among them.
 */
export function paletteOf(
  { color, ascii }: { readonly color: boolean; readonly ascii?: boolean | undefined },
  env: NodeJS.ProcessEnv,
): Palette {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C.UTF-8';
  const colours = coloursOf(color, env);
  return {
    colours: colours !== 'none',
    many: colours === '256' || colours === 'true',
    light: groundOf(env) === 'light',
    ascii: ascii ?? (env['TERM'] === 'linux' || !/utf-?8/i.test(locale)),
  };
}
