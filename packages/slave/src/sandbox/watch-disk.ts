import { lstat, readdir, statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants } from './process-tree.ts';
import type { Bind, RunLimits, SandboxEnd } from './sandbox.ts';
import { fileSystemsOf } from './tmpfs.ts';
import { unlinkedFiles } from './unlinked-files.ts';

const lookMs = 500;

/** Between two walks over a tree: it may be large and its disk slow. */
const walkMs = 5000;

/**
 * Stops a run whose writable binds grow past its limit. The free space of their file systems is looked at twice a second; only when more
 * of it went than the run may use are the trees themselves measured, since others write there too, and with them what the
 * processes from `pid` down keep open of files that are in no folder any more.
 */
export async function watchDisk(
  pid: number,
  { diskBytes }: RunLimits,
  binds: readonly Bind[],
  stop: (end: SandboxEnd) => void,
  signal: AbortSignal,
) {
  const paths = binds.filter((bind) => bind.writable).map((bind) => bind.from);
  if (diskBytes === null || paths.length === 0) return;
  const before = await freeBytes(paths);
  while (!signal.aborted) {
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
    const now = await freeBytes(paths);
    if (!now.some((free, i) => before[i]! - free > diskBytes)) continue;
    if (unlinkedBytes(pid) + (await treeBytes(paths, diskBytes)) > diskBytes) stop({ end: 'disk-limit' });
    await delay(walkMs, undefined, { signal }).catch(() => undefined);
  }
}

function unlinkedBytes(pid: number): number {
  const pids = [pid, ...descendants(pid)];
  return unlinkedFiles(pids, fileSystemsOf(pids)).onDiskBytes;
}

const freeBytes = (paths: readonly string[]): Promise<number[]> =>
  Promise.all(
    paths.map((path) =>
      statfs(path).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => Infinity,
      ),
    ),
  );

/**
 * What these trees take on disk; stops counting past `enough`, and where a path is longer than the system takes: what lies
 * beyond can't be measured by its name, so it counts as more than any limit. Links are counted, not followed; what vanishes
 * meanwhile is not. Names are bytes: they may be no UTF-8.
 */
export async function treeBytes(roots: readonly string[], enough: number): Promise<number> {
  let total = 0;
  const waiting = roots.map((root) => Buffer.from(root));
  for (let path = waiting.pop(); path !== undefined && total <= enough; path = waiting.pop()) {
    const folder = path;
    const { bytes, isDirectory } = await measured(folder);
    total += bytes;
    if (isDirectory) waiting.push(...(await listed(folder)).map((name) => Buffer.concat([folder, slash, name])));
  }
  return total;
}

const slash = Buffer.from('/');

const measured = (path: Buffer): Promise<{ bytes: number; isDirectory: boolean }> =>
  lstat(path).then(
    (stat) => ({ bytes: stat.blocks * 512, isDirectory: stat.isDirectory() }),
    (error: unknown) => ({ bytes: isTooDeep(error) ? Infinity : 0, isDirectory: false }),
  );

const isTooDeep = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENAMETOOLONG';

const listed = (folder: Buffer): Promise<Buffer[]> => readdir(folder, { encoding: 'buffer' }).catch(() => []);
