import { readlinkSync, statfsSync, statSync } from 'node:fs';
import { readProc } from './process-tree.ts';

const tmpfsMagic = 0x01021994;

/** A file system at a place, as /proc/PID/mountinfo has it; `dev` as in stat(2). */
interface Mounted {
  readonly dev: number;
  readonly at: string;
  readonly isTmpfs: boolean;
}

/** Where a machine and a run of a sandbox have their file systems. */
export interface FileSystems {
  /** All that this process sees: the machine's. */
  readonly machine: ReadonlySet<number>;
  /** What the tmpfs hold that only the run sees, by device: files with a name or without, swapped out or not. */
  readonly tmpfsBytes: ReadonlyMap<number, number>;
}

/** Looks at the file systems of each mount namespace that these processes live in; what may not be read is left out. */
export function fileSystemsOf(pids: readonly number[]): FileSystems {
  const machine = new Set(mounts('self').map(({ dev }) => dev));
  const tmpfsBytes = new Map<number, number>();
  for (const pid of onePerNamespace(pids))
    for (const { dev, at, isTmpfs } of mounts(pid)) {
      if (!isTmpfs || machine.has(dev) || tmpfsBytes.has(dev)) continue;
      const bytes = usedBytes(`/proc/${pid}/root${at}`, dev);
      if (bytes !== undefined) tmpfsBytes.set(dev, bytes);
    }
  return { machine, tmpfsBytes };
}

/** Whether a path leads to a file whose content is in memory. */
export function isInMemory(path: string): boolean {
  try {
    return statfsSync(path).type === tmpfsMagic;
  } catch {
    return false;
  }
}

function onePerNamespace(pids: readonly number[]): Iterable<number> {
  const own = namespaceOf('self');
  const one = new Map<string, number>();
  for (const pid of pids) {
    const namespace = namespaceOf(pid);
    if (namespace !== undefined && namespace !== own) one.set(namespace, pid);
  }
  return one.values();
}

function namespaceOf(pid: number | 'self'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined;
  }
}

/** Nothing where something else lies over the mount by now. */
function usedBytes(path: string, dev: number): number | undefined {
  try {
    if (statSync(path).dev !== dev) return undefined;
    const { blocks, bfree, bsize } = statfsSync(path);
    return (blocks - bfree) * bsize;
  } catch {
    return undefined;
  }
}

/** `36 35 0:31 / /tmp rw,nosuid shared:4 - tmpfs tmpfs rw`; what is no letter in a place is written `\040`. */
const mounts = (pid: number | 'self'): Mounted[] =>
  readProc(`${pid}/mountinfo`)
    .split('\n')
    .flatMap((line): Mounted[] => {
      const [, , device = '', , at] = line.split(' ');
      const [major, minor] = device.split(':').map(Number);
      if (at === undefined || major === undefined || minor === undefined) return [];
      const place = at.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
      return [{ dev: deviceNumber(major, minor), at: place, isTmpfs: line.includes(' - tmpfs ') }];
    });

/** makedev(3), for the minor numbers that Linux has: 20 bits. */
const deviceNumber = (major: number, minor: number): number => (minor >> 8) * 2 ** 20 + major * 2 ** 8 + (minor & 0xff);
