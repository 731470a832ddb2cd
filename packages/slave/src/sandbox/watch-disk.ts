import type { Dirent } from 'node:fs';
import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bind, RunLimits, SandboxEnd } from './sandbox.ts';

const lookMs = 500;

/** Between two walks over a tree: it may be large and its disk slow. */
const walkMs = 5000;

/**
 * Stops a run whose writable binds grow past its limit. The free space of their file systems is looked at twice a second; only when more
 * of it went than the run may use are the trees themselves measured, since others write there too.
 */
export async function watchDisk(
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
    if ((await treeBytes(paths, diskBytes)) > diskBytes) stop({ end: 'disk-limit' });
    await delay(walkMs, undefined, { signal }).catch(() => undefined);
  }
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

/** What these trees take on disk; stops counting past `enough`. Links are counted, not followed; what vanishes meanwhile is not. */
export async function treeBytes(roots: readonly string[], enough: number): Promise<number> {
  let total = 0;
  const waiting = [...roots];
  for (let path = waiting.pop(); path !== undefined && total <= enough; path = waiting.pop()) {
    const { blocks, isDirectory } = await measured(path);
    total += blocks * 512;
    if (isDirectory) waiting.push(...(await listed(path)).map((entry) => join(entry.parentPath, entry.name)));
  }
  return total;
}

const measured = (path: string): Promise<{ blocks: number; isDirectory: boolean }> =>
  lstat(path).then(
    (stat) => ({ blocks: stat.blocks, isDirectory: stat.isDirectory() }),
    () => ({ blocks: 0, isDirectory: false }),
  );

const listed = (path: string): Promise<Dirent[]> => readdir(path, { withFileTypes: true }).catch(() => []);
