import { join } from 'node:path';
import { Refusal } from './operator-error.ts';

/** A socket's path has 107 bytes at most (sun_path of unix(7), without its closing zero). */
const longestPath = 107;

/** `ipc://DIR/NAME`, the address of a socket in the run directory; throws a Refusal where its path would be too long. */
export function ipcAddress(runDir: string, name: string): string {
  const path = join(runDir, name);
  const length = Buffer.byteLength(path);
  if (length > longestPath)
    throw new Refusal(
      `The socket ${path} would have a path of ${length} bytes, and the system allows ${longestPath}.`,
      'Give a shorter directory with --run-dir.',
    );
  return `ipc://${path}`;
}
