import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, lstat, mkdir, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Logger } from '@piw/host/log';
import { makeFolder } from '@piw/host/make-folder';
import { Refusal } from '@piw/host/operator-error';
import { removeTree } from '../build/remove-tree.ts';

/** Where a slave works. */
export interface WorkFolder {
  /** Empty: whatever a predecessor left in it is gone. */
  readonly attempts: string;
  /** What outlasts attempts and slaves. */
  readonly cache: string;
  /** Lets another slave have the folder. */
  release(): void;
}

/**
 * Takes `DIR/piw-slave-LABEL` for this slave and its user alone. Throws a Refusal where it can't be written, is another
 * user's (anybody may make anything in /tmp), or another slave's. What a predecessor left and `remove` can't is moved aside.
 */
export async function openWorkFolder(
  dir: string,
  label: string,
  log: Pick<Logger, 'warn'>,
  remove = removeTree,
): Promise<WorkFolder> {
  const folder = resolve(dir, `piw-slave-${label.replaceAll(/[^\w.-]/g, '_')}`);
  try {
    await makeFolder(folder, 0o700);
    const found = await lstat(folder);
    if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error('it is not a folder of this user');
    await chmod(folder, 0o700);
    const release = await take(folder, `${found.dev}-${found.ino}`);
    const parts = { attempts: join(folder, 'attempts'), cache: join(folder, 'cache') };
    await remove(parts.attempts).catch((error: unknown) => moveAside(parts.attempts, error, log));
    await mkdir(parts.attempts);
    return { ...parts, release };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal(
      `The slave can't work in ${folder}: ${(cause as Error).message}.`,
      'Give another folder with --dir.',
      { cause },
    );
  }
}

/** A slave goes on beside what it can't remove; somebody should look at that. */
async function moveAside(folder: string, why: unknown, log: Pick<Logger, 'warn'>): Promise<void> {
  const place = `${folder}-left-${randomUUID()}`;
  await rename(folder, place);
  log.warn({ err: why }, `What builds left behind can't be removed. It is now ${place}: remove it by hand.`);
}

/** Who listens on the folder's name among Linux's abstract sockets has it; the kernel frees that when the slave dies, however it dies. */
async function take(folder: string, id: string): Promise<() => void> {
  const lock = createServer((connection) => connection.destroy()).unref();
  try {
    await once(lock.listen(`\0piw-slave-${id}`), 'listening');
  } catch (cause) {
    throw new Refusal(
      `Another slave works in ${folder}.`,
      'Give this one another label with --label, or another folder with --dir.',
      { cause },
    );
  }
  return () => lock.close();
}
