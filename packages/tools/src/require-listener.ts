import { connect } from 'node:net';
import { Refusal } from '@piw/host/operator-error';
import { howToFindIt } from './control-address.ts';

/**
 * Throws a Refusal where nobody listens at an ipc address: its socket tells at once, and nobody need wait for an answer that can't
 * come. Of a tcp address only the answer tells.
 */
export async function requireListener(address: string): Promise<void> {
  const [, path] = /^ipc:\/\/(.+)$/.exec(address) ?? [];
  const code = path === undefined ? null : await knock(path);
  if (code !== null) throw unheard(address, code);
}

/** What the system says of a socket that can't be used; null of one that can. */
const knock = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const attempt = connect(path);
    attempt.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(null);
    });
  });

/** Why an address isn't heard, by the system's error code (connect(2)). */
export function unheard(address: string, code: string): Refusal {
  if (code === 'EACCES' || code === 'EPERM')
    return new Refusal(`This account may not use ${address}.`, "Use the master's account, or join its group.");
  return new Refusal(`No master answers at ${address}: is it running?`, howToFindIt);
}
