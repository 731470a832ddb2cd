import { type End, endAttempts } from '@piw/db/end-attempts';
import { type Taken, takeJobs } from '@piw/db/take-jobs';
import { inTransaction } from '@piw/db/transaction';
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';
import { percentile } from './figure.ts';
import { fillQueue, makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';

const takers = 8;
const runs = 3;
const takesPerRun = 1000;
/** What ten minutes take from a queue at the pace of a thousand slaves whose builds last 20 s. */
const takenInTenMinutes = 30_000;

/** `queue.take.*`: eight takers at once, each of whom takes a job, ends the attempt and takes the next. */
export async function queue(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground, takers + 2);
  const targetIds = await makeTargets(database, [9, 10, 11, 12]);
  ground.say('filling the queue');
  await fillQueue(database, { packages: ground.scaled(50_000), versionsEach: 20, targetIds });
  await putUnsuitableFirst(database, ground);
  const slaves = await makeSlaves(database, 1000 + takers);
  await leaseThousand(database, slaves.slice(takers), targetIds);
  const snapshot = await holdSnapshot(database);
  ground.later(snapshot.release);
  ground.say('ten minutes pass while a snapshot is held');
  await passTenMinutes(database, slaves, targetIds, ground.scaled(takenInTenMinutes));
  const times: number[][] = [];
  for (let run = 0; run < runs; run += 1) times.push(await takeAll(database, slaves.slice(0, takers), targetIds));
  await snapshot.release();
  ground.tell({ figure: 'queue.take.p50_ms', unit: 'ms', runs: times.map((run) => percentile(run, 0.5)) });
  ground.tell({ figure: 'queue.take.p99_ms', unit: 'ms', runs: times.map((run) => percentile(run, 0.99)) });
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

async function leaseThousand({ pool }: BenchDatabase, slaves: readonly number[], targetIds: readonly number[]) {
  const offers = slaves.map((slaveId, n) => offer(slaveId, [targetIds[n % targetIds.length]!]));
  await takeJobs(pool, offers, terms);
}

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

/** Takes and ends jobs, hundreds in a statement, as the farm did while the snapshot was held. */
async function passTenMinutes(
  { pool }: BenchDatabase,
  slaves: readonly number[],
  targetIds: readonly number[],
  count: number,
): Promise<void> {
  const { rows } = await pool.query<{ attempt: number }>('select attempt_id as attempt from leases');
  await endAll(pool, rows.slice(0, 500));
  const idle = await pool.query<{ id: number }>(
    'select slave_id as id from slaves where slave_id not in (select slave_id from leases)',
  );
  const takersNow = idle.rows.map(({ id }) => id).filter((id) => !slaves.slice(0, takers).includes(id));
  for (let taken = 0; taken < count; ) {
    const jobs = await takeJobs(
      pool,
      takersNow.map((slaveId, n) => offer(slaveId, [targetIds[n % targetIds.length]!])),
      terms,
    );
    taken += jobs.length;
    await endAll(pool, jobs);
  }
  await takeJobs(
    pool,
    takersNow.map((slaveId, n) => offer(slaveId, [targetIds[n % targetIds.length]!])),
    terms,
  );
}

const endAll = (pool: BenchDatabase['pool'], jobs: readonly Pick<Taken, 'attempt'>[]) =>
  inTransaction(pool, (tx) =>
    endAttempts(
      tx,
      jobs.map(({ attempt }) => failed(attempt)),
    ),
  );

const failed = (attempt: number): End => ({
  ...{ attempt, outcome: 'failure', steps: [], logBytes: 4096, files: [] },
  reason: { kind: 'compiler-error', subject: null, text: 'it does not compile' },
});

/** Eight takers at work; how long each take took. */
async function takeAll({ pool }: BenchDatabase, slaves: readonly number[], targetIds: readonly number[]) {
  const times: number[] = [];
  const work = async (slaveId: number): Promise<void> => {
    for (let turn = 0; turn < takesPerRun / takers; turn += 1) {
      const sinceMs = performance.now();
      const jobs = await takeJobs(pool, [offer(slaveId, targetIds)], terms);
      times.push(performance.now() - sinceMs);
      if (jobs.length !== 1) throw new Error('nothing to take');
      await endAll(pool, jobs);
    }
  };
  await Promise.all(slaves.map(work));
  return times;
}
