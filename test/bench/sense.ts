import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toRgb565 } from '@piw/sense/pixels/rgb565';
import type { StickKey } from '@piw/sense/pixels/rotate';
import { SenseLoop } from '@piw/sense/run/sense-loop';
import { startSense } from '@piw/sense/state/sense';
import { boardOf } from '@piw/wire/status-board';
import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { SenseProgram } from '../fixtures/sense.ts';
import { openBenchDatabase } from './bench-database.ts';
import { cpuSeconds } from './cpu-time.ts';
import { percentile } from './figure.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';
import { runMaster } from './run-master.ts';
import { busySlaves } from './thousand.ts';

const slaves = 1000;
const framesAPage = 200;
const runs = 5;
const watchedMs = 30_000;

/** How one gets to each page from the one before. */
const walks: Readonly<Record<string, readonly StickKey[]>> = {
  main: [],
  help: ['up'],
  node: ['down', 'in'],
  sure: ['in'],
  graph: ['in'],
};

/** `sense.*`: what its pictures cost, and the real program over a farm of a thousand slaves that build. */
export async function sense(ground: Ground): Promise<void> {
  await tellFrames(ground);
  await tellCpu(ground);
}

/** The CPU that it takes while nobody touches it. */
async function tellCpu(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground);
  const targetIds = await makeTargets(database, [9, 10, 11, 12]);
  await fillQueue(database, { packages: ground.scaled(5_000), versionsEach: 20, targetIds });
  const master = await runMaster(ground, database.dsn, 'm');
  const busy = await busySlaves(ground, master);
  const hat = await SenseProgram.start(ground.dir, ['--run-dir', master.runDir]);
  await delay(15_000); // the builds have come apart, and the master is done with beginning
  const before = await cpuSeconds(hat.pid);
  const [sinceMs, shown] = [performance.now(), hat.frames.length];
  await delay(watchedMs);
  const seconds = (performance.now() - sinceMs) / 1000;
  const share = ((await cpuSeconds(hat.pid)) - before) / seconds;
  const perSecond = (hat.frames.length - shown) / seconds;
  ground.tell({ figure: 'sense.cpu_pct', unit: '%', runs: [share * 100], pictures_per_s: perSecond });
  await hat.stop();
  busy.close();
  await master.stop();
}

/** `sense.frame_ms`: a picture of a farm of 1,000 slaves, from the state to the bytes in a framebuffer, on every page; the 99th of a hundred. */
async function tellFrames(ground: Ground): Promise<void> {
  const path = join(ground.dir, 'framebuffer');
  writeFileSync(path, Buffer.alloc(128));
  const framebuffer = await open(path, 'r+');
  const board = boardOf(farmWith(Array.from({ length: slaves }, (_, i) => slaveLike(i + 1, `pi-${i}`))));
  const pages = Object.keys(walks);
  const figures: number[] = [];
  const byPage: Record<string, number[]> = Object.fromEntries(pages.map((page) => [page, []]));
  for (let run = 0; run < runs; run += 1) {
    let nowMs = Date.now();
    const loop = new SenseLoop(startSense(nowMs, null), { night: null, now: () => nowMs, perform: () => undefined });
    loop.dispatch({ type: 'FEED', nowMs, feed: { board, heardMs: nowMs, trouble: null } });
    const all: number[] = [];
    for (const [page, walk] of Object.entries(walks)) {
      for (const key of walk) loop.press(key);
      const took: number[] = [];
      for (let frame = 0; frame < framesAPage; frame += 1) {
        nowMs += 50;
        const began = performance.now();
        const picture = loop.frame();
        if (picture) await framebuffer.write(toRgb565(picture), 0, 128, 0);
        took.push(performance.now() - began);
      }
      byPage[page]!.push(percentile(took, 0.99));
      all.push(...took);
    }
    figures.push(percentile(all, 0.99));
  }
  await framebuffer.close();
  ground.tell({ figure: 'sense.frame_ms', unit: 'ms', runs: figures, slaves, by_page: byPage });
}
