import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The names of what lies beside the other configuration: a master's own pair, everybody else's, and whom a master lets in. */
export const keyFiles = { master: 'master.key', client: 'client.key', authorized: 'authorized_keys' } as const;

/** Where such files are looked for: the user's folder first, then the machine's. */
export interface KeyFolders {
  readonly user: string;
  readonly system: string;
}

/** Those of a real program. */
export const keyFolders = (env: NodeJS.ProcessEnv): KeyFolders => ({
  user: join(env['HOME'] ?? homedir(), '.config', 'piwheels'),
  system: '/etc/piwheels',
});

/** The file of that name that is there; where none is, undefined. */
export const findKeyFile = (name: string, { user, system }: KeyFolders): string | undefined =>
  [user, system].map((folder) => join(folder, name)).find((path) => existsSync(path));

/** Where such a file is made unless another is named. */
export const placeFor = (name: string, { user }: KeyFolders): string => join(user, name);
