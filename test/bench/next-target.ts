import { openBenchDatabase } from './bench-database.ts';
import { percentile } from './figure.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';
import { runMaster } from './run-master.ts';
import { SimulatedSlave } from './simulated-slave.ts';

const runs = 3;
const buildsPerRun = 100;

/** `queue.next_ms`: from the end of a build that settles its target until a slave that waits has the next target's job. */
export async function nextTarget(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground);
  const targetIds = await makeTargets(database, [11, 12]);
  await fillQueue(database, { packages: ground.scaled(5000), versionsEach: 10, targetIds: targetIds.slice(0, 1) });
  const master = await runMaster(ground, database.dsn);
  const [first, second] = [11, 12].map((minor) => new SimulatedSlave(master.slaveQueue, `builds-${minor}`, minor));
  const [older, newer] = [buildsOf(first!), buildsOf(second!)];
  await Promise.all([first!.welcomed, second!.welcomed]);
  first!.ready();
  second!.ready();
  const times: number[][] = [];
  for (let run = 0; run < runs; run += 1) {
    const all: number[] = [];
    for (let build = 0; build < buildsPerRun; build += 1) {
      const attempt = await older();
      const sinceMs = performance.now();
      first!.fail(attempt);
      const next = await newer();
      all.push(performance.now() - sinceMs);
      const done = new Promise<void>((resolve) => (second!.onDone = resolve));
      second!.fail(next);
      await done;
    }
    times.push(all);
  }
  first!.close();
  second!.close();
  const p = (part: number) => times.map((run) => percentile(run, part));
  ground.tell({ figure: 'queue.next_ms', unit: 'ms', runs: p(0.5), p99: p(0.99) });
}

/** The attempts that a slave is given, one at a time. */
function buildsOf(slave: SimulatedSlave): () => Promise<number> {
  const given: number[] = [];
  let wake = (): void => undefined;
  slave.onBuild = ({ attempt }) => {
    given.push(attempt);
    wake();
  };
  return async () => {
    while (given.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return given.shift()!;
  };
}
