import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '@piw/host/make-folder';
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
    await makeFolder(dir, 0o700);
    const id = (await read(path)) ?? (await make(path));
    if (/^[\w-]{8,60}$/.test(id)) return id;
  } catch (cause) {
    throw new Refusal(
      `The slave can't keep its id in ${dir}: ${(cause as Error).message}.`,
      'Give a folder that it may write with --state-dir.',
      { cause },
    );
  }
  throw new Refusal(`The file ${path} holds no id of a slave.`, 'Remove it: the slave makes another.');
}

/** Whole or not at all, and only one of several slaves that start at once. */
async function make(path: string): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${randomUUID()}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return (await readFile(path, 'utf8')).trim();
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
