import { setTimeout as delay } from 'node:timers/promises';
import type { RunLimits, SandboxEnd } from './sandbox.ts';
import { exactMemory, type MemoryUse, type Usage, usageOf } from './usage.ts';

const calmMs = 250;
const closeMs = 25;

/**
 * Stops a run whose processes together exceed its memory, files in memory included, or their number. By looking, since it needs no privilege and works on
 * every kernel: a cgroup would be exact, but few users own one; RLIMIT_AS counts what Go, Rust and sanitizers only reserve; and
 * RLIMIT_DATA makes allocations fail, which looks like any other failure. What jumps past the limit between two looks meets the kernel's
 * OOM killer first of all (see launch.ts).
 */
export async function watchUsage(pid: number, limits: RunLimits, stop: (end: SandboxEnd) => void, signal: AbortSignal) {
  while (!signal.aborted) {
    const usage = usageOf(pid, limits.processes ?? Infinity);
    const end = exceeded(pid, usage, limits);
    if (end) {
      stop(end);
      return;
    }
    await delay(isClose(usage, limits) ? closeMs : calmMs, undefined, { signal }).catch(() => undefined);
  }
}

function exceeded(pid: number, usage: Usage, { memoryBytes, processes }: RunLimits): SandboxEnd | undefined {
  if (processes !== null && usage.tasks > processes) return { end: 'process-limit' };
  if (memoryBytes === null || total(usage) <= memoryBytes) return undefined;
  const exact = exactMemory(pid);
  return total(exact) > memoryBytes ? { end: 'memory-limit', fileBytes: exact.fileBytes } : undefined;
}

const total = ({ processBytes, fileBytes }: MemoryUse): number => processBytes + fileBytes;

/** Past half of a limit looks come ten times as often: a fork bomb or an array of ones takes milliseconds. */
const isClose = (usage: Usage, { memoryBytes, processes }: RunLimits): boolean =>
  (processes !== null && usage.tasks > processes / 2) || (memoryBytes !== null && total(usage) > memoryBytes / 2);
