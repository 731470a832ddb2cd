import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkshop, type Workshop } from '@piw/slave/testing/workshop';
import { findUv } from '@piw/slave/toolchains/find-uv';
import { freshEnvironment } from '../fixtures/environment.ts';
import { serveIndex } from '../fixtures/index-server.ts';
import { cpuSeconds } from './cpu-time.ts';
import { median } from './figure.ts';
import type { Ground } from './ground.ts';

const runs = 5;
const plan = { name: 'small', version: '1.0' };

/**
 * `overhead.*`: a small pure package built by a slave's pipeline, against `pip wheel` of the same; its backend does next to
 * nothing, so that all the time is everybody's own. In turns, so that both meet the same machine.
 */
export async function overhead(ground: Ground): Promise<void> {
  const index = await serveIndex(plan);
  ground.later(() => index.close());
  const environment = await freshEnvironment();
  ground.later(() => environment.remove());
  const workshop = await openWorkshop();
  ground.later(() => workshop.close());
  const uv = await findUv(process.env['PATH'] ?? '', new AbortController().signal);
  const pip = async (): Promise<void> => {
    const wheels = join(ground.dir, 'wheels');
    await mkdir(wheels, { recursive: true });
    const made = await environment.pip(
      'wheel',
      '--no-deps',
      '--index-url',
      index.url,
      '--wheel-dir',
      wheels,
      'small==1.0',
    );
    if (made.code !== 0) throw new Error(made.stderr);
    await rm(wheels, { recursive: true });
  };
  await compare(ground, 'overhead.ratio', pip, () => make(workshop, index.url, null));
  if (uv) await compare(ground, 'overhead.uv.ratio', pip, () => make(workshop, index.url, uv));
  else ground.say('uv is not installed: its figure is left out');
}

async function make(workshop: Workshop, indexUrl: string, uv: string | null): Promise<void> {
  const { outcome, log } = await workshop.make({ package: 'small', version: '1.0', indexUrl, ...(uv ? { uv } : {}) });
  if (outcome !== 'success') throw new Error(log);
}

async function compare(ground: Ground, figure: string, pip: () => Promise<void>, ours: () => Promise<void>) {
  await pip();
  await ours();
  const [ratios, theirMs, ourMs]: [number[], number[], number[]] = [[], [], []];
  const [theirCpu, ourCpu]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    const theirs = await timed(pip);
    const own = await timed(ours);
    ratios.push(own.ms / theirs.ms);
    theirMs.push(theirs.ms);
    ourMs.push(own.ms);
    theirCpu.push(theirs.cpu);
    ourCpu.push(own.cpu);
  }
  const cpuRatio = median(ourCpu) / median(theirCpu);
  ground.tell({ figure, unit: '', runs: ratios, pip_ms: median(theirMs), our_ms: median(ourMs), cpu_ratio: cpuRatio });
}

async function timed(work: () => Promise<void>): Promise<{ ms: number; cpu: number }> {
  const [cpu, ms] = [await cpuSeconds(process.pid), performance.now()];
  await work();
  return { ms: performance.now() - ms, cpu: (await cpuSeconds(process.pid)) - cpu };
}
