import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FullScreen } from '@piw/operator/terminal/full-screen';

/**
 * Runs what logs in to a host, words with `{host}` among them. The terminal belongs to that program as long as it runs; what it said is
 * gone when the monitor is there again, so that its ending is told where it isn't a good one. Throws where it can't be run, and for a host
 * that is no host's name: slaves say what they are called, and a program would take `-o…` for an option. Once the signal is aborted that
 * program is ended, and nobody comes back.
 */
export async function logIn(
  host: string,
  words: string,
  screen: Pick<FullScreen, 'enter' | 'leave'>,
  ended: AbortSignal,
): Promise<string | null> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._:%-]*$/u.test(host)) throw new Error(`"${host}" is no name of a host.`);
  const [program = 'ssh', ...args] = words.split(' ').map((word) => word.replaceAll('{host}', host));
  screen.leave();
  try {
    const [code, signal] = (await once(spawn(program, args, { stdio: 'inherit', signal: ended }), 'exit')) as [
      number | null,
      NodeJS.Signals | null,
    ];
    return code === 0 ? null : `${[program, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}`;
  } finally {
    if (!ended.aborted) screen.enter();
  }
}
