import { open, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { median } from './figure.ts';

/** What figures depend on: processor, cores, how busy they are, and how long the disk takes to make sure of 8 KiB. */
export async function machine(dir: string): Promise<string> {
  const syncMs = await syncTime(dir);
  const load = loadavg()[0]!.toFixed(1);
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), load ${load}, fdatasync ${syncMs.toFixed(2)} ms, Node ${process.versions.node}`;
}

async function syncTime(dir: string): Promise<number> {
  const path = join(dir, 'sync');
  const file = await open(path, 'w');
  const times: number[] = [];
  for (let turn = 0; turn < 50; turn += 1) {
    await file.write(Buffer.alloc(8192, turn), 0, 8192, turn * 8192);
    const sinceMs = performance.now();
    await file.datasync();
    times.push(performance.now() - sinceMs);
  }
  await file.close();
  await rm(path);
  return median(times);
}
