import { constants } from 'node:os';
import { entersBook } from './last-will.ts';

/** A command ready to start on the machine itself, with whatever confines it in front. */
export interface Launch {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The code that the command itself ended with, undefined where it was never started; `status` is what was written to fd 3. */
  exitCode(code: number, status: string): number | undefined;
  /** Processes of the launch that outlived it and are still dying, after killing those that nothing else kills. */
  leftovers(status: string): number[];
}

/**
 * What is spawned for a launch: the slave's own heartbeat and its watching come before the build (nice), and when memory is short it
 * is the build that the kernel kills. Children inherit both.
 */
export const spawned = ({ argv }: Launch): [string, string[]] => [
  '/bin/sh',
  ['-c', `${entersBook}; { echo 800 >/proc/self/oom_score_adj; } 2>/dev/null; exec nice -n 10 "$@"`, 'sh', ...argv],
];

/** In front of a command: with nothing in its environment but this. */
export const withEnvironment = (env: Readonly<Record<string, string>>): string[] => [
  ...['env', '-i'],
  ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
];

/** In front of `unshare`, which is gone at once then; whatever the process group still has is ended by the last will. */
export const diesWithParent = ['setpriv', '--pdeathsig', 'KILL'];

/** The name of the signal that an exit code of 128 + n stands for, as shells and sandboxes pass it on; null for other codes. */
export const signalOfCode = (code: number): string | null =>
  Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0] ?? null;

/** The exit code that stands for a signal. */
export const codeOfSignal = (name: NodeJS.Signals): number => 128 + constants.signals[name];

/** The last number that a sandbox wrote under this name to fd 3, one JSON object a line (as bubblewrap's --json-status-fd). */
export function statusNumber(status: string, name: 'child-pid' | 'exit-code'): number | undefined {
  const found = new RegExp(`"${name}": ?(\\d+)`).exec(status)?.[1];
  return found === undefined ? undefined : Number(found);
}
