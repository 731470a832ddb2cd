import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chown, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { Refusal } from './operator-error.ts';
import { withFullStop } from './with-full-stop.ts';

/** Such files are small; a longer one isn't read, for who wrote back its beginning would lose the rest. */
const mostBytes = 4 << 20;

/** The text of a file with a secret in it; throws a Refusal where it can't be read, and where others than its owner may. */
export async function readSecretFile(path: string): Promise<string> {
  const [mode, text] = await attempt(
    path,
    'read',
    async () => [(await stat(path)).mode, await readBounded(path)] as const,
  );
  if ((mode & 0o077) !== 0)
    throw new Refusal(`Others may read the secret in ${path}.`, `Keep it to its owner: chmod 600 ${path}`);
  return text;
}

/** The text of a file; undefined where there is none. Throws a Refusal where it can't be read. */
export const readTextFile = (path: string): Promise<string | undefined> =>
  attempt(path, 'read', () =>
    readBounded(path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }),
  );

/** Writes a file that isn't there yet, for its owner alone, and the folder that it lies in; throws a Refusal where it can't. */
export const makePrivateFile = (path: string, text: string): Promise<void> =>
  attempt(path, 'written', async () => {
    await makeFolder(dirname(path));
    await withDraft(path, text, (draft) => link(draft, path));
  });

/** Writes a file for its owner alone, in place of what was there, whole or not at all; throws a Refusal where it can't. */
export const replacePrivateFile = (path: string, text: string): Promise<void> =>
  attempt(path, 'written', async () => {
    await makeFolder(dirname(path));
    const meant = await realpath(path).catch(() => path);
    await withDraft(meant, text, (draft) => rename(draft, meant));
  });

/** Opened so that a pipe, which has no end until somebody writes, can't hold its reader. */
async function readBounded(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const there = await file.stat();
    if (!there.isFile() && !there.isDirectory()) throw new Error('it is not a file');
    if (there.size > mostBytes) throw new Error('it is longer than such a file can be');
    const buffer = Buffer.alloc(there.size);
    const { bytesRead } = await file.read(buffer);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Writes a text beside its place, safe on disk, and has it settle there. It belongs to whom the file belonged before, else the folder:
 * what root writes for a service is of use to the service.
 */
async function withDraft(path: string, text: string, settle: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (process.getuid?.() === 0) {
      const { uid, gid } = await stat(path).catch(() => stat(dirname(path)));
      await chown(draft, uid, gid);
    }
    await settle(draft);
  } finally {
    await rm(draft, { force: true });
  }
}

async function attempt<T>(path: string, what: 'read' | 'written', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new Refusal(`${path} is there already.`, 'Name another file.', { cause });
    throw new Refusal(
      withFullStop(`${path} can't be ${what}: ${message}`),
      code === 'ENOENT' ? 'Make it, or name another file.' : 'Use an account that may, or name another file.',
      { cause },
    );
  }
}
