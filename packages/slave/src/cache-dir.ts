import path from 'node:path';
import { makeFolder } from '@piw/host/make-folder';
import { Refusal } from '@piw/host/operator-error';

/**
 * Where what builds fetched is kept for the next ones: `$XDG_CACHE_HOME/piwheels`, or `.cache/piwheels` in the home; made if need be.
 * Throws a Refusal where it can't be.
 */
export async function cacheDir(env: NodeJS.ProcessEnv, home: string): Promise<string> {
  const configured = env['XDG_CACHE_HOME'] ?? '';
  const base = path.isAbsolute(configured) ? configured : path.join(home, '.cache');
  const dir = path.join(base, 'piwheels');
  try {
    await makeFolder(dir);
  } catch (cause) {
    const why = `The cache folder ${dir} can't be made: ${(cause as Error).message}.`;
    throw new Refusal(why, 'Name a folder for caches in XDG_CACHE_HOME.', { cause });
  }
  return dir;
}
