import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ControlClient } from '@piw/wire/control-client';
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';
import { type RunningMaster, runMaster } from './run-master.ts';
import { SimulatedSlave } from './simulated-slave.ts';
import { busySlaves } from './thousand.ts';

const runs = 5;

/** `master.*`: how soon a master is ready on a database of a million versions, and how much memory it takes. */
export async function master(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground);
  const targetIds = await makeTargets(database, [9, 10, 11, 12]);
  ground.say('filling the queue');
  await fillQueue(database, { packages: ground.scaled(50_000), versionsEach: 20, targetIds });
  await start(ground, database, -1); // what the first of all writes, as the home page, the next ones find
  const [ready, dispatch, idle]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run += 1) {
    const times = await start(ground, database, run);
    ready.push(times.readyMs);
    dispatch.push(times.dispatchMs);
    idle.push(times.rssMb);
  }
  ground.tell({ figure: 'master.ready_ms', unit: 'ms', runs: ready, dispatch_ms: dispatch });
  ground.tell({ figure: 'master.rss_idle_mb', unit: 'MB', runs: idle });
  await thousand(ground, database);
}

/** Starts a master and ends it: when it answered, when it gave the first job, its memory then. */
async function start(ground: Ground, { dsn }: BenchDatabase, run: number) {
  const running = await runMaster(ground, dsn, `m${run + 1}`);
  const control = new ControlClient({ address: `ipc://${join(running.runDir, 'piw-control')}`, from: 'bench' });
  await control.ask('SNAPSHOT', {}, { timeoutMs: 60_000 });
  const readyMs = performance.now() - running.startedMs;
  control.close();
  const slave = new SimulatedSlave(running.slaveQueue, 'first', 11);
  const given = new Promise<number>((resolve) => (slave.onBuild = ({ attempt }) => resolve(attempt)));
  await slave.welcomed;
  slave.ready();
  const attempt = await given;
  const dispatchMs = performance.now() - running.startedMs;
  const done = new Promise<void>((resolve) => (slave.onDone = resolve));
  slave.fail(attempt);
  await done;
  slave.close();
  await passes(5000);
  const rssMb = await rss(running);
  await running.stop();
  return { readyMs, dispatchMs, rssMb };
}

/** A thousand slaves that build, with a beat each ten seconds, after a minute. */
async function thousand(ground: Ground, { dsn }: BenchDatabase): Promise<void> {
  const running = await runMaster(ground, dsn, 'm');
  const slaves = await busySlaves(ground, running);
  const sizes: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await passes(12_000);
    sizes.push(await rss(running));
  }
  slaves.close();
  await running.stop();
  ground.tell({ figure: 'master.rss_1000_mb', unit: 'MB', runs: sizes });
}

/** What a process has in memory, in megabytes (proc_pid_status(5)). */
async function rss({ pid }: RunningMaster): Promise<number> {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / 1e6;
}

const passes = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
