import { connect } from 'node:net';

/**
 * Tries whether somebody listens at an ipc address; resolves to null, or to the system's error code where nobody does. Its socket
 * tells at once. Of a tcp address only an answer tells: null too.
 */
export async function knock(address: string): Promise<string | null> {
  const [, path] = /^ipc:\/\/(.+)$/.exec(address) ?? [];
  if (path === undefined) return null;
  return new Promise((resolve) => {
    const attempt = connect(path);
    attempt.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(null);
    });
  });
}
