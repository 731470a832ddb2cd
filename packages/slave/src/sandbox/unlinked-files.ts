import { readdirSync, statSync } from 'node:fs';
import { type FileSystems, isInMemory } from './tmpfs.ts';

/** Bytes that files hold which have no name any more and are kept open, each file once. */
export interface UnlinkedFiles {
  /** What is in no tmpfs that has a place: memfds above all. By inode. */
  readonly inMemory: ReadonlyMap<number, number>;
  readonly onDiskBytes: number;
}

/** The nameless files that these processes have open; what is in a tmpfs of the run's own counts there. */
export function unlinkedFiles(pids: readonly number[], { machine, tmpfsBytes }: FileSystems): UnlinkedFiles {
  const inMemory = new Map<number, number>();
  const onDisk = new Map<string, number>();
  for (const path of pids.flatMap(openFiles)) {
    const found = namelessFile(path);
    if (found === undefined || tmpfsBytes.has(found.dev)) continue;
    const bytes = found.blocks * 512;
    if (!machine.has(found.dev) && isInMemory(path)) inMemory.set(found.ino, bytes);
    else onDisk.set(`${found.dev} ${found.ino}`, bytes);
  }
  return { inMemory, onDiskBytes: [...onDisk.values()].reduce((total, each) => total + each, 0) };
}

function namelessFile(path: string) {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() && found.nlink === 0 ? found : undefined;
  } catch {
    return undefined; // not ours to look at
  }
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).map((name) => `${folder}/${name}`);
  } catch {
    return []; // gone, or not ours to look at
  }
}
