import { type End, endAttempts } from '@piw/db/end-attempts';
import { QueueHeads } from '@piw/db/queue-heads';
import { takeJobs } from '@piw/db/take-jobs';
import { inTransaction } from '@piw/db/transaction';
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';
import { median, percentile } from './figure.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';

const takers = 8;
const runs = 3;
const takesPerRun = 1000;
/** A taker takes this often: all together keep the pace of a thousand slaves whose builds last ten seconds. */
const periodMs = 80;
/** What ten minutes take from a queue at the pace of a thousand slaves whose builds last 20 s. */
const takenInTenMinutes = 30_000;

/** `queue.take.*`: eight takers, each of whom takes a job, ends the attempt and takes the next. Told beside it: what all in step would wait. */
export async function queue(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground, takers + 2);
  const targetIds = await makeTargets(database, [9, 10, 11, 12]);
  ground.say('filling the queue');
  await fillQueue(database, { packages: ground.scaled(50_000), versionsEach: 20, targetIds });
  await putUnsuitableFirst(database, ground);
  const slaves = await makeSlaves(database, 1000 + takesPerRun);
  const builders = slaves.slice(0, 1000);
  await takeJobs(
    database.pool,
    builders.map((slaveId, n) => offer(slaveId, [targetIds[n % targetIds.length]!])),
    terms,
  );
  const snapshot = await holdSnapshot(database);
  ground.later(snapshot.release);
  ground.say('ten minutes pass while a snapshot is held');
  await passTenMinutes(database, builders, targetIds, ground.scaled(takenInTenMinutes));
  const [times, inStep]: [number[][], number[][]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    times.push(await takeAll(database, slaves.slice(1000), targetIds, () => Math.random() * periodMs));
    inStep.push(await takeAll(database, slaves.slice(1000), targetIds, () => 0));
  }
  await snapshot.release();
  for (const [name, part] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const p = (all: readonly number[][]) => all.map((run) => percentile(run, part));
    ground.tell({ figure: `queue.take.${name}_ms`, unit: 'ms', runs: p(times), in_step: median(p(inStep)) });
  }
}

/** One in a hundred needs what no taker has, and stands at the head. */
async function putUnsuitableFirst({ owner }: BenchDatabase, ground: Ground): Promise<void> {
  const { rows } = await owner.query<{ id: number }>(
    `insert into needs (requires) values ('{"memory": 64}') returning need_id as id`,
  );
  await owner.query(`update jobs set need_id = $1, priority = 0 where version_id % 100 = 0`, [rows[0]!.id]);
  await owner.query('vacuum (analyze) jobs');
  ground.say('one in a hundred is unsuitable and at the head');
}

async function makeSlaves({ owner }: BenchDatabase, count: number): Promise<number[]> {
  const { rows } = await owner.query<{ id: number }>(
    `insert into slaves (label, owner, instance, hello)
    select 'bench-' || n, 'bench-' || n, '1', '{}' from generate_series(1, $1::integer) as n
    returning slave_id as id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

const offer = (slaveId: number, targetIds: readonly number[]) => ({
  ...{ slaveId, targetIds, aloneIds: [], needIds: [1], limitMs: 3_600_000 },
});
const terms = { leaseMs: 3_600_000 };

/** A report that somebody reads for ten minutes: vacuum may remove nothing that it might still see. */
async function holdSnapshot({ owner }: BenchDatabase): Promise<{ release: () => Promise<void> }> {
  const client = await owner.connect();
  await client.query('begin isolation level repeatable read');
  await client.query('select count(*) from leases');
  let held = true;
  return {
    release: async () => {
      if (!held) return;
      held = false;
      await client.query('commit');
      client.release();
    },
  };
}

/** A thousand slaves take and end jobs, hundreds in a statement, as they do while the snapshot is held; then all build. */
async function passTenMinutes(
  { pool }: BenchDatabase,
  slaves: readonly number[],
  targetIds: readonly number[],
  count: number,
): Promise<void> {
  const heads = new QueueHeads();
  const offers = slaves.map((slaveId, n) => offer(slaveId, [targetIds[n % targetIds.length]!]));
  for (let taken = 0; taken < count; ) {
    const { rows } = await pool.query<{ attempt: number }>('select attempt_id as attempt from leases limit 500');
    const { places } = await endAll(
      pool,
      rows.map(({ attempt }) => attempt),
    );
    heads.came(places);
    taken += (await takeJobs(pool, offers, terms, heads)).length;
  }
}

const endAll = (pool: BenchDatabase['pool'], attempts: readonly number[]) =>
  inTransaction(pool, (tx) => endAttempts(tx, attempts.map(failed)));

const failed = (attempt: number): End => ({
  ...{ attempt, outcome: 'failure', steps: [], logBytes: 4096, files: [] },
  reason: { kind: 'compiler-error', subject: null, text: 'it does not compile' },
});

/**
 * Eight takers at work, a take each 80 ms, so long after that begins as `lateMs` says, each for one slave after the other, with what all
 * know of the queues' heads; how long each take took. What they took is ended meanwhile as the farm ends it: one transaction at a time, with all that waits for it.
 */
async function takeAll(
  { pool }: BenchDatabase,
  slaves: readonly number[],
  targetIds: readonly number[],
  lateMs: () => number,
) {
  const heads = new QueueHeads();
  const times: number[] = [];
  const ends = new EndAll(pool, heads);
  const startMs = performance.now();
  const work = async (mine: readonly number[]): Promise<void> => {
    for (const [nth, slaveId] of mine.entries()) {
      await until(startMs + nth * periodMs + lateMs());
      const sinceMs = performance.now();
      const jobs = await takeJobs(pool, [offer(slaveId, targetIds)], terms, heads);
      times.push(performance.now() - sinceMs);
      if (jobs.length !== 1) throw new Error('nothing to take');
      ends.add(jobs[0]!.attempt);
    }
  };
  await Promise.all(Array.from({ length: takers }, (_, nth) => work(slaves.filter((_, n) => n % takers === nth))));
  await ends.rest();
  return times;
}

const until = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms - performance.now()));

/** Ends attempts, many in one transaction; what comes while one is under way goes into the next. */
class EndAll {
  readonly #pool: BenchDatabase['pool'];
  readonly #heads: QueueHeads;
  #waiting: number[] = [];
  #running: Promise<void> | undefined;

  constructor(pool: BenchDatabase['pool'], heads: QueueHeads) {
    this.#pool = pool;
    this.#heads = heads;
  }

  add(attempt: number): void {
    this.#waiting.push(attempt);
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async rest(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, 100);
      const { places } = await endAll(this.#pool, batch);
      this.#heads.came(places);
    }
  }
}
