import { readdir, readFile } from 'node:fs/promises';

/** Linux counts a hundred ticks a second, whatever its own clock does (proc_pid_stat(5), USER_HZ). */
const ticksPerSecond = 100;

/** The CPU seconds that a process, its descendants and those that they have waited for have taken. */
export async function cpuSeconds(root: number): Promise<number> {
  const all = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(readTimes));
  const known = new Map(all.flatMap((one) => (one ? [[one.pid, one] as const] : [])));
  const isOurs = (pid: number): boolean => pid === root || (known.has(pid) && isOurs(known.get(pid)!.parent));
  return [...known.values()].filter(({ pid }) => isOurs(pid)).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The CPU seconds that this process has taken, all its threads together. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Undefined where it ended meanwhile. */
async function readTimes(pid: string): Promise<{ pid: number; parent: number; seconds: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, ticks] = [fields[1], fields.slice(11, 15)];
  if (parent === undefined || ticks.length < 4) return undefined;
  return { pid: Number(pid), parent, seconds: ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond };
}
