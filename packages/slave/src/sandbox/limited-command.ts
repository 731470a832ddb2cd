import type { RunLimits } from './sandbox.ts';

/**
 * The command with what `prlimit` can keep it to, from inside its sandbox: no file above the disk limit (SIGXFSZ), no core dumps, and, so that a
 * fork bomb can't outrun whoever watches it, no more than twice its processes (counted a user namespace since Linux 5.14, a user before;
 * never for root). A burst past that is the command's own EAGAIN. Without prlimit the command as it is.
 */
export function limitedCommand(command: readonly string[], limits: RunLimits, prlimit: string | null): string[] {
  if (prlimit === null) return [...command];
  const size = limits.diskBytes === null ? [] : [`--fsize=${Math.ceil(limits.diskBytes)}`];
  const tasks = limits.processes === null ? [] : [`--nproc=${2 * limits.processes}`];
  return [prlimit, '--core=0', ...size, ...tasks, '--', ...command];
}
