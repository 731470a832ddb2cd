import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { toRgb565 } from '@piw/sense/pixels/rgb565';
import type { StickKey } from '@piw/sense/pixels/rotate';
import { SenseLoop } from '@piw/sense/run/sense-loop';
import { startSense } from '@piw/sense/state/sense';
import { boardOf } from '@piw/wire/status-board';
import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { percentile } from './figure.ts';
import type { Ground } from './ground.ts';

const slaves = 1000;
const framesAPage = 200;
const runs = 5;

/** How one gets to each page from the one before. */
const walks: Readonly<Record<string, readonly StickKey[]>> = {
  main: [],
  help: ['up'],
  node: ['down', 'in'],
  sure: ['in'],
  graph: ['in'],
};

/** `sense.frame_ms`: a picture of a farm of 1,000 slaves, from the state to the bytes in a framebuffer, on every page; the 99th of a hundred. */
export async function sense(ground: Ground): Promise<void> {
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
