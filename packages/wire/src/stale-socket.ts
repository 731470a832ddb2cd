import { lstat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { AddressError } from './address-error.ts';

/**
 * Removes the socket file that a dead process left behind; zeromq would take over a living one's as well.
 * Throws an AddressError where a process still listens on it, or where the file is no socket.
 */
export async function clearStaleSocket(path: string): Promise<void> {
  const stat = await lstat(path).catch(() => undefined);
  if (!stat) return;
  if (!stat.isSocket())
    throw new AddressError(`${path} is there, and is not a socket.`, 'Remove it, or give another --run-dir.');
  if (await isHeard(path))
    throw new AddressError(
      `Another master is running on ipc://${path}.`,
      'Stop it first, or give this one another --run-dir.',
    );
  await unlink(path);
}

/** Whether anybody accepts connections there; in doubt, yes. */
function isHeard(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect(path);
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(true);
    });
    attempt.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
  });
}
