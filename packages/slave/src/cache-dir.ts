import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Where what builds fetched is kept for the next ones: `$XDG_CACHE_HOME/piwheels`, or `.cache/piwheels` in the home; made if need be. */
export function cacheDir(env: NodeJS.ProcessEnv, home: string): string {
  const configured = env['XDG_CACHE_HOME'] ?? '';
  const base = path.isAbsolute(configured) ? configured : path.join(home, '.cache');
  const dir = path.join(base, 'piwheels');
  mkdirSync(dir, { recursive: true });
  return dir;
}
