/**
 * A directory or file of the machine that a sandbox shows at `to`, a path inside. Later ones lie over earlier ones; none may lie below
 * a writable one that a stranger has filled, whose links would be followed.
 */
export interface Bind {
  readonly from: string;
  readonly to: string;
  readonly writable: boolean;
}

/** What a run may use at most; null is no limit of its own. */
export interface RunLimits {
  /** Memory of its own, summed over all processes, and what its files in memory hold: in `/tmp`, home and `/dev/shm` where those are in memory, and memfds. */
  readonly memoryBytes: number | null;
  readonly timeoutMs: number;
  /** The size of each file, of each fresh directory (see `freshBytes`), and of what writable binds grow to, with files that are unlinked and open. */
  readonly diskBytes: number | null;
  /** Processes and threads at one time. */
  readonly processes: number | null;
  readonly outputBytes: number;
}

/** One command and all that it may see. Its stdin is empty; stdout and stderr are one stream, in the order written. */
export interface SandboxRun {
  readonly command: readonly string[];
  /** A path inside. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly binds: readonly Bind[];
  readonly network: boolean;
  readonly limits: RunLimits;
  onOutput(chunk: Buffer): void;
  readonly signal: AbortSignal;
}

/**
 * How a run ended. A `code` is as a shell tells it: 128 + n where signal n ended the command, which `signalName` then names.
 * A full `/tmp` is the command's own ENOSPC, and `exited`.
 */
export type SandboxEnd =
  | { readonly end: 'exited'; readonly code: number; readonly signalName: string | null }
  | { readonly end: 'time-limit' }
  /** `fileBytes` of what it had were files in memory. */
  | { readonly end: 'memory-limit'; readonly fileBytes: number }
  | { readonly end: 'disk-limit' }
  | { readonly end: 'process-limit' }
  | { readonly end: 'output-limit' }
  | { readonly end: 'cancelled' };

export type SandboxName = 'bubblewrap' | 'unshare' | 'none';

/** Runs strangers' commands. When `run` resolves or rejects, every process that it started is dead. */
export interface Sandbox {
  readonly name: SandboxName;
  /** Rejects with a SandboxError where the sandbox itself could not be set up: never because of what the command did. */
  run(run: SandboxRun): Promise<SandboxEnd>;
}

/** The sandbox could not be set up for this run; the message holds what its program said. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
