import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { RunLimits, SandboxRun } from './sandbox.ts';
import { systemView } from './system-view.ts';

/** One thing at one place inside a sandbox. A driver makes them in order, and adds /proc and /dev. */
export type Mount =
  | { readonly mount: 'bind'; readonly from: string; readonly to: string; readonly writable: boolean }
  | { readonly mount: 'link'; readonly target: string; readonly at: string }
  | { readonly mount: 'fresh'; readonly at: string; readonly sizeBytes: number };

/** The user that every sandbox runs its command as, whoever runs the sandbox. */
export const sandboxUid = 1000;

/**
 * Parts of /proc that hold the kernel's settings. Inside, root is nobody; but where root runs the farm the command is still user 0 to the
 * kernel, which guards these by that number alone, and one of them names a program that it runs (`core_pattern`).
 */
const kernelSettings = ['/proc/sys', '/proc/irq', '/proc/bus', '/proc/fs', '/proc/sysrq-trigger'];

/** All that a run sees but /proc and /dev: the system, a fresh home, `/tmp` and `/dev/shm`, and over them what its caller binds. */
export function layout(run: Pick<SandboxRun, 'network' | 'binds' | 'limits'>): Mount[] {
  const sizeBytes = freshBytes(run.limits);
  return [
    ...kernelSettings.filter((path) => existsSync(path)).map(readOnly),
    ...systemView(run.network),
    { mount: 'fresh', at: '/tmp', sizeBytes },
    { mount: 'fresh', at: '/home/build', sizeBytes },
    { mount: 'fresh', at: '/dev/shm', sizeBytes },
    { mount: 'link', target: '/tmp', at: '/var/tmp' },
    ...run.binds.map((bind): Mount => ({ mount: 'bind', ...bind })),
  ];
}

const readOnly = (path: string): Mount => ({ mount: 'bind', from: path, to: path, writable: false });

/**
 * How large a fresh directory may grow: never past the half of the memory that the kernel would give it by default. What it
 * holds counts as the run's memory, of which twice as much is room enough for whoever watches to see it first.
 */
export const freshBytes = ({ diskBytes, memoryBytes }: Pick<RunLimits, 'diskBytes' | 'memoryBytes'>): number =>
  Math.floor(Math.min(diskBytes ?? Infinity, 2 * (memoryBytes ?? Infinity), totalmem() / 2));
