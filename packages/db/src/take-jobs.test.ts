import { beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openPool } from './connect.ts';
import { listNeeds, needsMet } from './needs.ts';
import { prioritise } from './nudges.ts';
import { QueueHeads } from './queue-heads.ts';
import { setRecipe } from './recipe.ts';
import { requeue } from './requeue.ts';
import { rows } from './rows.ts';
import { takeJobs } from './take-jobs.ts';
import { queueTallies } from './tallies.ts';
import { aName, cells, endOne, makePackage, makeSlave, makeTarget, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';

const database = useDatabase();
let targetId: number;
let other: number;

beforeAll(async () => {
  targetId = await makeTarget(database.pool, 'cp311');
  other = await makeTarget(database.pool, 'cp311', 'linux_aarch64');
});
beforeEach(() => database.pool.query('delete from leases; delete from jobs'));

const offer = (slaveId: number, targetIds = [targetId]) => ({
  slaveId,
  targetIds,
  aloneIds: [] as number[],
  needIds: [1],
  limitMs: 3_600_000,
});

/** What slaves of a name get one after the other, until there is nothing. */
async function takeAll(prefix: string): Promise<string[]> {
  const got: string[] = [];
  for (;;) {
    const slaveId = await makeSlave(database.pool, `${prefix}-${got.length}`);
    const taken = await takeOne(database.pool, slaveId, [targetId]);
    if (!taken) return got;
    got.push(`${taken.package} ${taken.version}`);
  }
}

test('what was asked for comes before what was not, and newest releases come first', async () => {
  const { pool } = database;
  const day = (n: number) => ({ releasedMs: Date.UTC(2021, 0, n) });
  await makePackage(pool, 'old', ['1'], day(1));
  await makePackage(pool, 'newer', ['1'], day(2));
  await makePackage(pool, 'wanted', ['1'], { ...day(1), asked: true });
  await makePackage(pool, 'fresh', ['1'], { releasedMs: Date.now() - 3_600_000 });
  await makePackage(pool, 'last', ['1'], day(3));
  await makePackage(pool, 'first', ['1'], day(1));
  await inTransaction(pool, (tx) => prioritise(tx, cells('first'), 'front', 'ann'));
  await inTransaction(pool, (tx) => prioritise(tx, cells('wanted'), 'back', 'ann'));
  expect(await takeAll('order')).toEqual(['first 1', 'fresh 1', 'last 1', 'newer 1', 'old 1', 'wanted 1']);
});

test('all waiting slaves are served in one call, each with a job of its own', async () => {
  await makePackage(database.pool, 'batch', ['1', '2', '3']);
  const slaves = await Promise.all(['a', 'b', 'c', 'd'].map((label) => makeSlave(database.pool, `batch-${label}`)));
  const taken = await takeJobs(
    database.pool,
    slaves.map((slaveId) => offer(slaveId)),
    { leaseMs: 60_000 },
  );
  expect(taken.map(({ slaveId }) => slaveId)).toEqual(slaves.slice(0, 3));
  expect(new Set(taken.map(({ version }) => version))).toEqual(new Set(['1', '2', '3']));
});

test('a hundred slaves in one call are given what comes first, in the order in which they are offered', async () => {
  const { pool } = database;
  const heads = new QueueHeads(() => 0);
  await makePackage(
    pool,
    'hundred',
    Array.from({ length: 121 }, (_, n) => `${100 + n}`),
  );
  const slaves = await Promise.all(Array.from({ length: 120 }, (_, n) => makeSlave(pool, `hundred-${n}`)));
  const offers = slaves.map((slaveId) => offer(slaveId));
  const taken = await takeJobs(pool, offers, { leaseMs: 60_000 }, heads);
  expect(taken.map((one) => `${one.version} for ${one.slaveId}`)).toEqual(
    slaves.map((slaveId, n) => `${100 + n} for ${slaveId}`),
  );
  const last = offer(await makeSlave(pool, 'hundred-and-one'));
  expect(await takeJobs(pool, [last], { leaseMs: 60_000 }, heads)).toMatchObject([{ version: '220' }]);
});

test('a slave with a lease is given nothing more', async () => {
  await makePackage(database.pool, 'greedy', ['1', '2']);
  const slaveId = await makeSlave(database.pool, 'greedy');
  expect(await takeOne(database.pool, slaveId, [targetId])).toBeDefined();
  expect(await takeOne(database.pool, slaveId, [targetId])).toBeUndefined();
});

test('a slave that is offered twice in one call is given one job', async () => {
  await makePackage(database.pool, 'doubled', ['1', '2']);
  const slaveId = await makeSlave(database.pool, 'doubled');
  expect(await takeJobs(database.pool, [offer(slaveId), offer(slaveId)], { leaseMs: 60_000 })).toHaveLength(1);
});

test('what takes and ends jobs reads no table from end to end, however small it was when its plans were made', async () => {
  const { pool } = database;
  await makePackage(pool, 'planned');
  const slaveId = await makeSlave(pool, 'planned');
  const scans = `select relname from pg_stat_xact_user_tables where seq_scan > 0`;
  const alone = openPool(database.dsn, { max: 1 });
  const scanned = await inTransaction(alone, async (tx) => {
    const [taken] = await takeJobs(tx, [offer(slaveId)], { leaseMs: 60_000 });
    const end = {
      attempt: taken!.attempt,
      versionId: taken!.versionId,
      targetId,
      outcome: 'cancelled',
      settles: false,
    };
    await tx.query({
      text: 'select end_attempts($1)',
      values: [JSON.stringify([{ ...end, counts: false, delayMs: 0 }])],
    });
    return rows(tx, { name: 'tables-scanned', text: scans }, z.unknown());
  }).finally(() => alone.end());
  expect(scanned).toEqual([]);
});

test('a job with needs goes only to a slave that meets them', async () => {
  const { pool } = database;
  await makePackage(pool, 'hungry');
  await inTransaction(pool, (tx) => setRecipe(tx, aName('hungry'), { needs: { memory: 8, gpu: 'yes' } }));
  const slaveId = await makeSlave(pool, 'needs');
  const needs = await listNeeds(pool);
  const take = (needIds: number[]) => takeJobs(pool, [{ ...offer(slaveId), needIds }], { leaseMs: 60_000 });
  expect(await take(needsMet(needs, { memory: 4, gpu: 'yes' }))).toEqual([]);
  expect(await take(needsMet(needs, { memory: 16 }))).toEqual([]);
  expect(await take(needsMet(needs, { memory: 16, gpu: 'yes' }))).toMatchObject([
    { package: 'hungry', recipe: { needs: { memory: 8 } } },
  ]);
});

test('of several targets a slave gets the job that comes first over all', async () => {
  await makePackage(database.pool, 'several', ['1'], { releasedMs: Date.UTC(2020, 5, 1) });
  await database.pool.query(`update jobs set priority = 1 where target_id = $1`, [other]);
  const slaveId = await makeSlave(database.pool, 'several');
  const [taken] = await takeJobs(database.pool, [offer(slaveId, [targetId, other])], { leaseMs: 60_000 });
  expect(taken).toMatchObject({ targetId: other, target: { abi: 'cp311', platform: 'linux_aarch64' } });
});

test('a lost job comes back at the front, for another slave than the one that lost it', async () => {
  const { pool } = database;
  await makePackage(pool, 'lost', ['1'], { releasedMs: Date.UTC(2020, 5, 1) });
  const [loser, finder] = [await makeSlave(pool, 'loser'), await makeSlave(pool, 'finder')];
  const { attempt } = (await takeOne(pool, loser, [targetId]))!;
  await endOne(pool, attempt, { outcome: 'lost' });
  await makePackage(pool, 'next', ['1'], { releasedMs: Date.UTC(2022, 5, 1) });
  expect(await takeOne(pool, finder, [targetId])).toMatchObject({ package: 'next' });
  await endOne(pool, (await pool.query<{ id: number }>('select attempt_id as id from leases')).rows[0]!.id, {});
  await pool.query(`update jobs set phase = 'ready', ready_at = now() where phase = 'delayed'`);
  expect(await takeOne(pool, loser, [targetId])).toBeUndefined();
  expect(await takeOne(pool, finder, [targetId])).toMatchObject({ package: 'lost' });
});

test('eight takers at once never take the same job, and the tallies agree with the queue', async () => {
  const { pool } = database;
  await makePackage(
    pool,
    'contended',
    Array.from({ length: 200 }, (_, n) => `1.${n}`),
  );
  const taken: string[] = [];
  const taker = async (n: number) => {
    for (let turn = 0; ; turn += 1) {
      const slaveId = await makeSlave(pool, `taker-${n}-${turn}`);
      const one = await takeOne(pool, slaveId, [targetId]);
      if (!one) return;
      taken.push(one.version);
    }
  };
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(taker));
  expect(taken).toHaveLength(200);
  expect(new Set(taken).size).toBe(200);
  expect(await queueTallies(pool)).toContainEqual({ targetId, ready: 0, delayed: 0, leased: 200 });
});

test('a lost job is given to the slave that lost it where nobody else builds for its target', async () => {
  const { pool } = database;
  await makePackage(pool, 'alone', ['1'], { releasedMs: Date.UTC(2025, 5, 1) });
  const loner = await makeSlave(pool, 'loner');
  await endOne(pool, (await takeOne(pool, loner, [targetId]))!.attempt, { outcome: 'lost' });
  await pool.query(`update jobs set phase = 'ready', ready_at = now() where phase = 'delayed'`);
  const take = (aloneIds: number[]) => takeJobs(pool, [{ ...offer(loner), aloneIds }], { leaseMs: 60_000 });
  expect((await take([])).map((taken) => taken.package)).not.toContain('alone');
  await pool.query('delete from leases');
  expect((await take([targetId])).map((taken) => taken.package)).toContain('alone');
});

test('with heads known, every job is taken that comes before them or returns to its place', async () => {
  const { pool } = database;
  const heads = new QueueHeads(() => 0);
  const slaves = await Promise.all([1, 2, 3].map((n) => makeSlave(pool, `heads-${n}`)));
  const take = async (nth: number) => (await takeJobs(pool, [offer(slaves[nth]!)], { leaseMs: 60_000 }, heads))[0];
  await makePackage(pool, 'middle', ['1', '2'], { releasedMs: Date.UTC(2021, 5, 1) });
  const first = await take(0);
  expect(first).toMatchObject({ package: 'middle' });
  const versions = await makePackage(pool, 'newest', ['1'], { releasedMs: Date.UTC(2021, 5, 2) });
  await pool.query('delete from jobs where version_id = $1', [versions.get('1')]);
  const { places } = await inTransaction(pool, (tx) => requeue(tx, [...versions.values()]));
  heads.came(places);
  expect(await take(1)).toMatchObject({ package: 'newest' });
  expect(await take(2)).toMatchObject({ package: 'middle', version: '2' });
  const { places: returned } = await endOne(pool, first!.attempt, { outcome: 'cancelled' });
  heads.came(returned);
  expect(await take(0)).toMatchObject({ package: 'middle', version: '1' });
});
