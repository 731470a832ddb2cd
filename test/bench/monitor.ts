import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanEnv } from '../fixtures/run-program.ts';
import { keys, TerminalProgram } from '../fixtures/terminal.ts';
import { openBenchDatabase } from './bench-database.ts';
import { cpuSeconds } from './cpu-time.ts';
import { median, percentile } from './figure.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';
import { runMaster } from './run-master.ts';
import { busySlaves } from './thousand.ts';

const runs = 5;
const keysEach = 40;
const watchedMs = 30_000;

/** `monitor.*`: the real program in a pseudo-terminal over a farm of a thousand slaves that build. */
export async function monitor(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground);
  const targetIds = await makeTargets(database, [9, 10, 11, 12]);
  ground.say('filling the queue');
  await fillQueue(database, { packages: ground.scaled(5_000), versionsEach: 20, targetIds });
  const master = await runMaster(ground, database.dsn, 'm');
  const slaves = await busySlaves(ground, master);
  await delay(15_000); // the builds have come apart, and the master is done with beginning
  const starts: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { screen, shownMs } = await start(ground, master.runDir);
    starts.push(shownMs);
    await leave(screen);
  }
  ground.tell({ figure: 'monitor.first_screen_ms', unit: 'ms', runs: starts });
  const { screen } = await start(ground, master.runDir);
  await tellKeys(ground, screen);
  await tellCpu(ground, screen);
  await leave(screen);
  slaves.close();
  await master.stop();
}

/** From the start of the process until slaves are seen. `PIW_BENCH_NODE` has options for its Node. */
async function start(ground: Ground, runDir: string) {
  const sinceMs = performance.now();
  const env = { ...cleanEnv(), XDG_STATE_HOME: join(ground.dir, 'state') };
  const args = ['--run-dir', runDir, '--view', 'builders'];
  const node = process.env['PIW_BENCH_NODE']?.split(' ') ?? [];
  const screen = TerminalProgram.start(['monitor', 'piw-monitor'], args, { env, columns: 160, rows: 50, node });
  await screen.sees(/ slave-\d+ /);
  return { screen, shownMs: performance.now() - sinceMs };
}

async function leave(screen: TerminalProgram): Promise<void> {
  screen.type('q');
  await screen.exit;
}

/** Rows and pages up and down: from the key to the screen that shows it. */
async function tellKeys(ground: Ground, screen: TerminalProgram): Promise<void> {
  const times: number[][] = [];
  for (let run = 0; run < runs; run += 1) {
    const its: number[] = [];
    for (let nth = 0; nth < keysEach; nth += 1) {
      its.push(await answer(screen, [keys.down, keys.pageDown, keys.down, 'g'][nth % 4]!));
      await delay(50 + 100 * Math.random()); // as somebody types who looks
    }
    times.push(its);
  }
  const all = times.flat();
  ground.tell({ figure: 'monitor.key_ms', unit: 'ms', runs: times.map(median), p99_ms: percentile(all, 0.99) });
}

/** The row that is chosen is another one as soon as the key is shown. */
async function answer(screen: TerminalProgram, key: string): Promise<number> {
  const before = chosen(screen.lines);
  const sinceMs = performance.now();
  screen.type(key);
  await screen.until((lines) => (chosen(lines) === before ? undefined : true), `another row after ${before}`);
  return performance.now() - sinceMs;
}

const chosen = (lines: readonly string[]): string | undefined =>
  lines.flatMap((line) => /^>.*? (master|slave-\d+) /.exec(line)?.[1] ?? [])[0];

/** The CPU that it takes while nobody touches it. */
async function tellCpu(ground: Ground, screen: TerminalProgram): Promise<void> {
  const written = screen.written.length;
  const before = await cpuSeconds(screen.pid);
  const sinceMs = performance.now();
  await delay(watchedMs);
  const seconds = (performance.now() - sinceMs) / 1000;
  const share = ((await cpuSeconds(screen.pid)) - before) / seconds;
  const kilobytes = (screen.written.length - written) / 1000 / seconds;
  ground.tell({ figure: 'monitor.cpu_pct', unit: '%', runs: [share * 100], written_kb_per_s: kilobytes });
}
