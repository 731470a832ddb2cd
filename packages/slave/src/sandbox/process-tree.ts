import { readdirSync, readFileSync } from 'node:fs';

/** Processes below this one, as /proc has them now: all, or where there are more than `enough`, some more than that. None without /proc. */
export function descendants(pid: number, enough = Infinity): number[] {
  const below = childFinder();
  const found = below(pid);
  for (let i = 0; i < found.length && found.length <= enough; i++) found.push(...below(found[i]!));
  return found;
}

/** Who finds a process's children: the kernel, or where it was built without CONFIG_PROC_CHILDREN, a look at everybody's parent. */
export const childFinder = (): ((pid: number) => number[]) =>
  kernelListsChildren() ? listedChildren : childrenByParent();

/** A process that is gone, or a zombie that nobody has waited for yet. */
export function isDead(pid: number): boolean {
  const stat = readProc(`${pid}/stat`);
  return stat === '' || /^[ZX]$/.test(afterName(stat)[0] ?? '');
}

/** What one of /proc's files says; nothing when its process has gone, or may not be read. */
export function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}

/** The numbers of all processes; none where there is no /proc. */
export function allProcesses(): number[] {
  return entries('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

const kernelListsChildren = () =>
  entries('/proc/self/task').some((task) => entries(`/proc/self/task/${task}`).includes('children'));

/** Any thread of a process may have children. */
const listedChildren = (pid: number): number[] =>
  entries(`/proc/${pid}/task`).flatMap((task) =>
    readProc(`${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  );

/** Those of a process group, named by its first one. A process that was killed while it was being made is in no list of children, but here. */
export const groupMembers = (pgid: number | undefined): number[] =>
  allProcesses().filter((pid) => Number(afterName(readProc(`${pid}/stat`))[2]) === pgid);

/** The slow way. Looks once, when it is called. */
export function childrenByParent(): (pid: number) => number[] {
  const parents = allProcesses().map((pid) => [pid, Number(afterName(readProc(`${pid}/stat`))[1])] as const);
  return (pid) => parents.filter(([, parent]) => parent === pid).map(([child]) => child);
}

/** The fields of /proc/PID/stat from the state on; the name before them may hold anything. */
const afterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

function entries(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
