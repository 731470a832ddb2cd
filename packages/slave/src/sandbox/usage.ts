import { descendants, readProc } from './process-tree.ts';

/** What a process and all below it use at this moment. */
export interface Usage {
  readonly tasks: number;
  /** Resident memory that is no file's. Pages that a fork shares with its parent count once for each. */
  readonly residentBytes: number;
}

/** The quick look: a file of /proc a process, and no further than `enough` processes. */
export function usageOf(pid: number, enough = Infinity): Usage {
  const all = [pid, ...descendants(pid, enough)].map((each) => readProc(`${each}/status`));
  return {
    tasks: sum(all.map((status) => field(status, 'Threads'))),
    residentBytes: 1024 * sum(all.map((status) => field(status, 'RssAnon') + field(status, 'RssShmem'))),
  };
}

/**
 * The exact look, at memory alone: what several processes share is shared out between them (smaps_rollup, Linux 4.14). The
 * kernel walks page tables for it, so ask only when the quick look asks for it. Counts as in `usageOf` where a process can't be read.
 */
export function proportionalBytes(pid: number): number {
  return 1024 * sum([pid, ...descendants(pid)].map(proportionalKib));
}

function proportionalKib(pid: number): number {
  const rollup = readProc(`${pid}/smaps_rollup`);
  if (rollup.includes('Pss_Anon:')) return field(rollup, 'Pss_Anon') + field(rollup, 'Pss_Shmem');
  const status = readProc(`${pid}/status`);
  return field(status, 'RssAnon') + field(status, 'RssShmem');
}

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
