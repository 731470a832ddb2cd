import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@piw/host/operator-error';

/** Where a slave keeps what must outlast it: as systemd says, else below the user's home. */
export const stateDir = (env: NodeJS.ProcessEnv): string =>
  env['STATE_DIRECTORY']?.split(':')[0] ??
  join(env['XDG_STATE_HOME'] ?? join(env['HOME'] ?? homedir(), '.local', 'state'), 'piwheels');

/**
 * The id that a slave's label belongs to, made on its first start and kept in its directory: another machine that has the
 * same label by mistake is told so. Throws a Refusal where it can't be kept.
 */
export async function ownerId(dir: string): Promise<string> {
  const path = join(dir, 'slave-id');
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await writeFile(path, `${randomUUID()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Refusal(
        `The slave can't keep its id in ${dir}: ${(cause as Error).message}.`,
        'Give a folder that it may write with --state-dir.',
        { cause },
      );
  }
  return (await readFile(path, 'utf8')).trim();
}
