import { openBenchDatabase } from './bench-database.ts';
import { cpuSeconds, ownCpuSeconds } from './cpu-time.ts';
import { percentile } from './figure.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';
import { runMaster } from './run-master.ts';
import { SimulatedSlave } from './simulated-slave.ts';

const runs = 3;
const runMs = 5000;

/** `drive.*`: a real master, and slaves that build nothing, over tcp. */
export async function drive(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground);
  const targetIds = await makeTargets(database, [11]);
  await fillQueue(database, { packages: ground.scaled(5000), versionsEach: 10, targetIds });
  const master = await runMaster(ground, database.dsn);
  await failAtOnce(ground, master, database.pid);
  await answerThousand(ground, master);
}

type Master = Awaited<ReturnType<typeof runMaster>>;

/** `drive.35.builds_per_s`: 35 slaves whose builds fail at once with a 4 KB log. */
async function failAtOnce(ground: Ground, master: Master, databasePid: number): Promise<void> {
  const slaves = Array.from({ length: 35 }, (_, n) => new SimulatedSlave(master.slaveQueue, `fails-${n}`, 11));
  let done = 0;
  for (const slave of slaves) slave.onDone = () => (done += 1);
  await Promise.all(slaves.map(({ welcomed }) => welcomed));
  for (const slave of slaves) slave.ready();
  await passes(2000); // warm
  const [rates, cpu]: [number[], Record<string, number>[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    const before = { done, sinceMs: performance.now(), ...(await times(master, databasePid)) };
    await passes(runMs);
    const after = { done, sinceMs: performance.now(), ...(await times(master, databasePid)) };
    const builds = after.done - before.done;
    rates.push((builds / (after.sinceMs - before.sinceMs)) * 1000);
    const each = (key: 'master' | 'database' | 'slaves') =>
      Number((((after[key] - before[key]) * 1000) / builds).toFixed(3));
    cpu.push({ master: each('master'), database: each('database'), slaves: each('slaves') });
  }
  for (const slave of slaves) slave.close();
  ground.tell({ figure: 'drive.35.builds_per_s', unit: '1/s', runs: rates, cpu_ms_per_build: cpu });
}

/** `drive.answer.p99_ms`: how long ALIVE waits for HEARD with 1,000 slaves, a beat each 10 s, and 50 builds a second. */
async function answerThousand(ground: Ground, { slaveQueue }: Master): Promise<void> {
  const count = ground.scaled(980);
  const slaves = Array.from({ length: count }, (_, n) => new SimulatedSlave(slaveQueue, `beats-${n}`, 11));
  await Promise.all(slaves.map(({ welcomed }) => welcomed));
  for (const slave of slaves) {
    slave.onBuild = ({ attempt }) => setTimeout(() => slave.fail(attempt), (count / 50) * 1000 * (0.5 + Math.random()));
    slave.ready();
  }
  const answers: number[][] = [];
  const beat = async (slave: SimulatedSlave): Promise<void> => {
    const sinceMs = performance.now();
    await slave.beat();
    answers.at(-1)?.push(performance.now() - sinceMs);
  };
  const timers: NodeJS.Timeout[] = [];
  for (const [n, slave] of slaves.entries())
    setTimeout(() => timers.push(setInterval(() => void beat(slave), 10_000)), (n / count) * 10_000);
  await passes(12_000);
  for (let run = 0; run < runs; run += 1) {
    answers.push([]);
    await passes(12_000);
  }
  for (const timer of timers) clearInterval(timer);
  for (const slave of slaves) slave.close();
  const p = (part: number) => answers.map((run) => percentile(run, part));
  ground.tell({
    figure: 'drive.answer.p99_ms',
    unit: 'ms',
    runs: p(0.99),
    p50: p(0.5),
    answers: answers.map((run) => run.length),
  });
}

const passes = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const times = async ({ pid }: Master, databasePid: number) => ({
  ...{ master: await cpuSeconds(pid), database: await cpuSeconds(databasePid), slaves: ownCpuSeconds() },
});
