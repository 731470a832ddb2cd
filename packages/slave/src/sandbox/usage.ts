import { descendants, readProc } from './process-tree.ts';
import { fileSystemsOf } from './tmpfs.ts';
import { unlinkedFiles } from './unlinked-files.ts';

/** The memory of a process and of all below it. */
export interface MemoryUse {
  /** Memory that is no file's, resident or swapped out, and what is shared by mapping it. */
  readonly processBytes: number;
  /** What lies in files that are in memory: those of a run's own tmpfs (`/tmp`, home, `/dev/shm`), and memfds. */
  readonly fileBytes: number;
}

/** What a process and all below it use at this moment. */
export interface Usage extends MemoryUse {
  readonly tasks: number;
}

/**
 * The quick look, a few files of /proc a process and no further than `enough` processes. Never less memory than there is: pages
 * that a fork shares with its parent count once for each, and so does a file in memory that is mapped.
 */
export function usageOf(pid: number, enough = Infinity): Usage {
  const pids = [pid, ...descendants(pid, enough)];
  const all = pids.map((each) => readProc(`${each}/status`));
  const { memfds, inTmpfs } = filesInMemory(pids);
  return {
    tasks: sum(all.map((status) => field(status, 'Threads'))),
    processBytes: sum(all.map((status) => statusBytes(status, ['RssAnon', 'RssShmem', 'VmSwap']))),
    fileBytes: inTmpfs + sum(memfds.values()),
  };
}

/**
 * The exact look, at memory alone: what several processes share is shared out between them (smaps_rollup, Linux 4.14), and what is
 * mapped of a file in memory counts as the file's. The kernel walks page tables for it, so ask only when the quick look asks for it.
 * Counts as in `usageOf` where a process can't be read.
 */
export function exactMemory(pid: number): MemoryUse {
  const pids = [pid, ...descendants(pid)];
  const { memfds, inTmpfs } = filesInMemory(pids);
  const nameless = new Map<string, number>();
  for (const [inode, bytes] of pids.flatMap(mappedNameless)) nameless.set(inode, (nameless.get(inode) ?? 0) + bytes);
  const mapped = [...nameless].map(([inode, bytes]) => Math.max(0, bytes - (memfds.get(Number(inode)) ?? 0)));
  return {
    processBytes: sum(pids.map(ownBytes)) + sum(mapped),
    fileBytes: inTmpfs + sum(memfds.values()),
  };
}

function filesInMemory(pids: readonly number[]) {
  const fileSystems = fileSystemsOf(pids);
  const { inMemory: memfds } = unlinkedFiles(pids, fileSystems);
  return { memfds, inTmpfs: sum(fileSystems.tmpfsBytes.values()) };
}

/** Without what it has of files in memory. */
function ownBytes(pid: number): number {
  const rollup = readProc(`${pid}/smaps_rollup`);
  return rollup.includes('Pss_Anon:')
    ? statusBytes(rollup, ['Pss_Anon', 'SwapPss'])
    : statusBytes(readProc(`${pid}/status`), ['RssAnon', 'VmSwap']);
}

/** `7f…-7f… rw-s 00000000 00:01 1024 /dev/zero (deleted)`, then its figures: shared memory that has no place in any folder. */
const mapping = /^[\da-f]+-[\da-f]+ \S+ [\da-f]+ [\da-f:]+ (?<inode>\d+)\s+\/(?<nameless>(?:memfd:|dev\/zero |SYSV))?/;

/** The process's part of each nameless piece of shared memory that it maps, by inode. */
function mappedNameless(pid: number): [inode: string, bytes: number][] {
  if (field(readProc(`${pid}/status`), 'RssShmem') === 0) return [];
  return readProc(`${pid}/smaps`)
    .split(/^(?=[\da-f]+-[\da-f]+ )/m)
    .flatMap((text) => {
      const { inode, nameless } = mapping.exec(text)?.groups ?? {};
      return inode === undefined || nameless === undefined ? [] : [[inode, statusBytes(text, ['Pss'])]];
    });
}

const statusBytes = (text: string, names: readonly string[]): number =>
  1024 * sum(names.map((name) => field(text, name)));

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);
