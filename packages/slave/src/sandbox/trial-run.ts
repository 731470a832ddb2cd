import { chooseSandbox } from './choose-sandbox.ts';
import { allProcesses, isDead, readProc } from './process-tree.ts';
import type { RunLimits, Sandbox, SandboxEnd, SandboxRun } from './sandbox.ts';

/** Limits that no decent command meets; for tests, which lower the one that they are about. */
export const roomy: RunLimits = {
  memoryBytes: 2 ** 30,
  timeoutMs: 30_000,
  diskBytes: 2 ** 28,
  processes: 200,
  outputBytes: 2 ** 20,
};

export interface TrialEnd {
  readonly ended: SandboxEnd;
  readonly output: string;
}

/** Runs a shell script in a sandbox and hands back all that it said; for tests. */
export async function tryScript(
  sandbox: Sandbox,
  script: string,
  run: Partial<Omit<SandboxRun, 'limits'>> & { limits?: Partial<RunLimits> } = {},
): Promise<TrialEnd> {
  let output = '';
  const ended = await sandbox.run({
    command: ['/bin/sh', '-c', script],
    cwd: '/tmp',
    env: { PATH: '/usr/bin:/bin' },
    binds: [],
    network: false,
    onOutput: (chunk) => (output += chunk.toString()),
    signal: new AbortController().signal,
    ...run,
    limits: { ...roomy, ...run.limits },
  });
  return { ended, output: output.trimEnd() };
}

/** The drivers that work on this machine; for tests. */
export async function workingSandboxes(): Promise<Sandbox[]> {
  const path = process.env['PATH'] ?? '';
  const chosen = await Promise.allSettled(
    (['bubblewrap', 'unshare', 'none'] as const).map((wish) => chooseSandbox(wish, path)),
  );
  return chosen.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/** Whether a process that says this anywhere in its command line is running, as those do that start another; for tests. */
export const isMentioned = (text: string): boolean =>
  allProcesses().some((pid) => readProc(`${pid}/cmdline`).includes(text) && !isDead(pid));

/** Whether a process with this word in its command line is running; for tests. */
export const isRunning = (word: string): boolean =>
  allProcesses().some((pid) => readProc(`${pid}/cmdline`).split('\0').includes(word) && !isDead(pid));
