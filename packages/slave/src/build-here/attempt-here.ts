import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BuildWorld } from '../build/build-order.ts';
import { endLog } from '../build/end-log.ts';
import { openLogFile } from '../build/log-file.ts';
import { removeTree } from '../build/remove-tree.ts';
import { buildHere, type Manner } from './build-here.ts';
import { deliver } from './deliver.ts';
import { summary } from './summary.ts';
import type { Wish } from './wish.ts';

/** What becomes of an attempt, and who sees it. */
export interface Destination {
  readonly output: string;
  /** Leave the attempt's folder. */
  readonly keep: boolean;
  /** Sees the log as it grows. */
  readonly onLog: (bytes: Uint8Array) => void;
}

/** One build for one interpreter in a temporary folder, its wheel put where it belongs: whether it succeeded, and what to tell of it. */
export async function attemptHere(
  wish: Wish,
  manner: Manner,
  { output, keep, onLog }: Destination,
  world: Omit<BuildWorld, 'dir' | 'log'>,
): Promise<{ succeeded: boolean; lines: string[] }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'piw-build-'));
  const dir = path.join(folder, 'work');
  mkdirSync(dir);
  let watched = true;
  let kept = keep;
  const log = openLogFile(path.join(folder, 'log.txt'), (bytes) => watched && onLog(bytes));
  try {
    const end = await buildHere(wish, manner, { ...world, dir, log });
    watched = false; // how it ended is the last line of the summary
    endLog(log, end);
    kept ||= end.files.length > 0; // until they are where they belong
    const wheels = await deliver(end.files, output);
    kept = keep;
    const lines = summary(`${wish.requirement.name} ${end.version}`, world.interpreter, end, wheels);
    return { succeeded: end.outcome === 'success', lines: keep ? [...lines, `kept     ${folder}`] : lines };
  } finally {
    log.close();
    if (!kept) await removeTree(folder);
  }
}
