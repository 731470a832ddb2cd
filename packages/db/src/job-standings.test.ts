import { afterEach, beforeAll, expect, test } from 'vitest';
import { jobStandings } from './job-standings.ts';
import { newestVersion } from './newest-version.ts';
import { prioritise } from './nudges.ts';
import { aName, aVersion, cells, endOne, makePackage, makeSlave, makeTarget, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';
import { waitingNeeds } from './waiting-needs.ts';
import { workForSlave } from './work-for-slave.ts';

const database = useDatabase();
const cp311 = 'cp311-linux_x86_64';
let target: number;
let slave: number;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
  slave = await makeSlave(database.pool, 'rock-1');
});
afterEach(() => database.pool.query('delete from packages'));

const standing = (name: string, version = '1.0', at: number | null = null) =>
  jobStandings(database.pool, aName(name), aVersion(version), at);
const aheadOf = async (name: string, version?: string) => (await standing(name, version))?.jobs[0]?.ahead;

test('what is ahead of a job is all that is given out before it: by priority, then by news, then by number', async () => {
  const { pool } = database;
  await makePackage(pool, 'old', ['1.0'], { releasedMs: Date.UTC(2010, 0) });
  await makePackage(pool, 'new', ['1.0', '2.0'], { releasedMs: Date.UTC(2020, 0) });
  await makePackage(pool, 'asked', ['1.0'], { releasedMs: Date.UTC(2005, 0), asked: true });
  expect(await Promise.all(['asked', 'new', 'old'].map((name) => aheadOf(name)))).toEqual([0, 1, 3]);
  expect(await aheadOf('new', '2.0')).toBe(2);
  await inTransaction(pool, (tx) => prioritise(tx, cells('old'), 'front', 'ada'));
  expect(await aheadOf('old')).toBe(0);
});

test('jobs with other needs are ahead too; those of other targets are not', async () => {
  const { pool } = database;
  await makePackage(pool, 'plain', ['1.0'], { releasedMs: Date.UTC(2010, 0) });
  await makePackage(pool, 'needy', ['1.0']);
  const { rows } = await pool.query<{ id: number }>(
    `insert into needs (requires) values ('{"memory": 8}') returning need_id as id`,
  );
  await pool.query(`update jobs set need_id = $1 where released_at > '2015-01-01'`, [rows[0]!.id]);
  expect(await aheadOf('plain')).toBe(1);
  expect((await standing('needy'))?.jobs).toMatchObject([
    { requires: { memory: 8 }, ahead: 0, countedTo: 1000, phase: 'ready' },
  ]);
  expect(await waitingNeeds(pool)).toEqual([{ target: cp311, requires: { memory: 8 } }]);
  expect(await waitingNeeds(pool, 'all')).toContainEqual({ target: cp311, requires: {} });
  expect((await standing('plain', '1.0', target + 1000))?.jobs).toEqual([]);
});

test('a job tells who builds it, and who lost it', async () => {
  const { pool } = database;
  await makePackage(pool, 'busy');
  const taken = await takeOne(pool, slave, [target]);
  expect((await standing('busy'))?.jobs).toMatchObject([
    { phase: 'leased', slave: 'rock-1', attempt: taken!.attempt, ahead: null },
  ]);
  await endOne(pool, taken!.attempt, { outcome: 'lost' });
  expect((await standing('busy'))?.jobs).toMatchObject([
    { phase: 'delayed', lostBy: 'rock-1', again: true, slave: null },
  ]);
});

test('a slave has work that another lost, or soon will have; what it lost itself is left for others', async () => {
  const { pool } = database;
  expect(await workForSlave(pool, slave, [cp311])).toEqual({ anothers: false, nextMs: null });
  await makePackage(pool, 'fell');
  expect(await workForSlave(pool, slave, [cp311])).toEqual({ anothers: true, nextMs: null });
  expect(await workForSlave(pool, slave, ['cp39-linux_x86_64'])).toEqual({ anothers: false, nextMs: null });
  await pool.query('update jobs set lost_by = $1, ready_at = now()', [slave]);
  expect(await workForSlave(pool, slave, [cp311])).toEqual({ anothers: false, nextMs: null });
  expect(await workForSlave(pool, slave + 1000, [cp311])).toEqual({ anothers: true, nextMs: null });
  const dueMs = Date.UTC(2100, 0);
  await pool.query(`update jobs set phase = 'delayed', ready_at = to_timestamp($1::float8 / 1000)`, [dueMs]);
  expect(await workForSlave(pool, slave, [cp311])).toEqual({ anothers: false, nextMs: dueMs });
});

test('what keeps a version from having jobs is told with it', async () => {
  const { pool } = database;
  await makePackage(pool, 'odd', ['1.0'], { releasedMs: 1000 });
  await pool.query(`update versions set yanked = 'broken', deleted_at = now()`);
  await pool.query(`insert into requeues (why) values ('target added')`);
  await pool.query(
    `insert into skips (package_id, reason, by, at) select package_id, 'it hangs', 'ada', to_timestamp(5) from packages`,
  );
  expect(await standing('odd')).toMatchObject({
    ...{ deleted: true, yanked: 'broken', asked: false, releasedMs: 1000, unheard: false, requeue: 'target added' },
    skips: [{ targetId: null, by: 'ada', reason: 'it hangs', atMs: 5000 }],
  });
  await pool.query('delete from requeues');
  expect(await standing('nowhere')).toBeUndefined();
});

test('the newest version that can be had is the one that is meant', async () => {
  const { pool } = database;
  await makePackage(pool, 'many', ['1.9', '1.10', '2.0', '3.0']);
  await pool.query(`update versions set yanked = '' where version = '3.0'`);
  await pool.query(`update versions set deleted_at = now() where version = '2.0'`);
  expect(await newestVersion(pool, aName('many'))).toBe('1.10');
  await pool.query(`update versions set yanked = ''`);
  expect(await newestVersion(pool, aName('many'))).toBe('3.0');
  expect(await newestVersion(pool, aName('none'))).toBeUndefined();
});
