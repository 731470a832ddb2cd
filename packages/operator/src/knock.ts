import { connect, type NetConnectOpts } from 'node:net';

/** A machine that is off, or drops what it doesn't expect, doesn't say so: this is how long it is waited for, in milliseconds. */
const patienceMs = 3000;

export interface KnockOptions {
  /** Whether tcp addresses are tried, too; only an answer tells who listens there. */
  readonly alsoTcp?: boolean;
  /** Nobody wants to know any more. */
  readonly signal?: AbortSignal;
}

/**
 * Tries whether somebody listens at an address; resolves to null, or to the system's error code where nobody does. An ipc socket
 * tells at once. Of a tcp address only an answer tells who it is: unless those are tried too, null.
 */
export async function knock(address: string, { alsoTcp = false, signal }: KnockOptions = {}): Promise<string | null> {
  const place = placeOf(address);
  if (place === undefined || ('port' in place && !alsoTcp)) return null;
  return new Promise((resolve) => {
    const attempt = connect({ ...place, ...(signal && { signal }) });
    const end = (code: string | null): void => {
      attempt.destroy();
      resolve(code);
    };
    attempt.setTimeout(patienceMs, () => end('ETIMEDOUT'));
    attempt.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    attempt.once('connect', () => end(null));
  });
}

function placeOf(address: string): NetConnectOpts | undefined {
  const { path, host, port } =
    /^(?:ipc:\/\/(?<path>.+)|tcp:\/\/\[?(?<host>.+?)\]?:(?<port>\d+))$/.exec(address)?.groups ?? {};
  if (path !== undefined) return { path };
  return host === undefined ? undefined : { host, port: Number(port) };
}
