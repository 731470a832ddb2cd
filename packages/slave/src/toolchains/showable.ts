import { basename, dirname, join } from 'node:path';
import { isWithin } from '../sandbox/outermost.ts';
import { isInSystemView } from '../sandbox/system-view.ts';

/** The folder that a program was installed into: what its `bin` lies in. */
export const installation = (program: string): string => dirname(dirname(program));

/**
 * Whether a sandbox may show a program that lies here: part of the system, or of an installation that is nobody's home, nor its `.local`,
 * nor more than these, which hold much else. A version manager's shims would lead to what isn't shown.
 */
export function isShowable(program: string, home: string): boolean {
  if (isInSystemView(program)) return true;
  const folder = installation(program);
  return !isWithin(join(home, '.local'), folder) && basename(dirname(program)) !== 'shims';
}
