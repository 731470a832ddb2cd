import type { Writable } from 'node:stream';
import { Refusal } from './operator-error.ts';
import { ShutdownRequest } from './shutdown.ts';

/**
 * What tells whether all that is written to a standard output arrives: the promise rejects with why it has not, as on a full disk. A reader
 * that has left ends a program as SIGPIPE would; a terminal that is closed, SIGHUP tells of.
 */
export function deliveryOf(output: Writable & { readonly isTTY?: boolean }): () => Promise<void> {
  let failure: NodeJS.ErrnoException | undefined;
  const fail = (error: NodeJS.ErrnoException): void => {
    failure ??= error;
  };
  output.on('error', fail);
  return async () => {
    if (output.isTTY) return;
    // An error is emitted a turn after the write that failed.
    if (!failure) await new Promise((resolve) => output.write('', () => setImmediate(resolve)));
    if (failure?.code === 'EPIPE') throw new ShutdownRequest('SIGPIPE');
    if (failure)
      throw new Refusal(
        `What it has to say can't be written: ${failure.message}.`,
        'Make room for it, or write it elsewhere.',
      );
  };
}
