import { beforeAll, expect, test } from 'vitest';
import { listNeeds, needsMet } from './needs.ts';
import { requeue } from './requeue.ts';
import { forgetStrangers, listSlaves } from './slaves.ts';
import { takeJobs } from './take-jobs.ts';
import { aName, aVersion, endOne, makePackage, makeSlave, makeTarget } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';
import { orderTrial, releaseTrials } from './trials.ts';

const database = useDatabase();
const target = { abi: 'cp311', platform: 'linux_x86_64' };
let targetId: number;
const slaves: Record<string, number> = {};

beforeAll(async () => {
  targetId = await makeTarget(database.pool, 'cp311');
  for (const label of ['rock-1', 'rock-2']) slaves[label] = await makeSlave(database.pool, label);
});

/** The slave takes what suits it; what that is, by name. */
async function takes(label: string): Promise<{ name: string; attempt: number } | undefined> {
  const needIds = needsMet(await listNeeds(database.pool), { slave: label });
  const offer = { slaveId: slaves[label]!, targetIds: [targetId], aloneIds: [], needIds, limitMs: 1000 };
  const [job] = await takeJobs(database.pool, [offer], { leaseMs: 60_000 });
  return job && { name: job.package, attempt: job.attempt };
}

/** A package of that name that failed. */
async function failed(name: string) {
  await makePackage(database.pool, name);
  await endOne(database.pool, (await takes('rock-1'))!.attempt, { outcome: 'failure' });
  return { package: aName(name), version: aVersion('1.0'), target };
}

const release = (...here: string[]) =>
  inTransaction(database.pool, (tx) =>
    releaseTrials(
      tx,
      here.map((label) => slaves[label]!),
    ),
  );

test('what one slave is to try is given to it alone, before all else, and counts as any other build', async () => {
  const cell = await failed('first');
  const ordered = await inTransaction(database.pool, (tx) => orderTrial(tx, cell, 'rock-2', 'pi@desk'));
  expect(ordered).toMatchObject({ cells: [{ package: 'first', outcome: 'failure' }], woken: [targetId] });
  await makePackage(database.pool, 'other');
  expect((await takes('rock-1'))?.name).toBe('other');
  const tried = await takes('rock-2');
  expect(tried?.name).toBe('first');
  await endOne(database.pool, tried!.attempt, { outcome: 'failure' });
  await release('rock-1', 'rock-2');
  expect((await database.pool.query('select from trials')).rowCount).toBe(0);
  await database.pool.query('delete from leases');
});

test('a slave that leaves has its trial no longer, and one that is here keeps it', async () => {
  const cell = await failed('second');
  await inTransaction(database.pool, (tx) => orderTrial(tx, cell, 'rock-2', 'pi@desk'));
  expect(await release('rock-1', 'rock-2')).toEqual({ woken: [], places: [] });
  expect(await takes('rock-1')).toBeUndefined();
  expect((await release('rock-1')).woken).toEqual([targetId]);
  const taken = await takes('rock-1');
  expect(taken?.name).toBe('second');
  await endOne(database.pool, taken!.attempt, { outcome: 'success', files: [] });
});

test('a slave that has no time for an hour has its trial no longer', async () => {
  const cell = await failed('third');
  await inTransaction(database.pool, (tx) => orderTrial(tx, cell, 'rock-2', 'pi@desk'));
  await database.pool.query(`update trials set at = now() - interval '61 minutes'`);
  expect((await release('rock-1', 'rock-2')).woken).toEqual([targetId]);
  expect((await takes('rock-1'))?.name).toBe('third');
});

test('what has not failed is not tried, and what changes of it meanwhile changes nothing of the trial', async () => {
  const versions = await makePackage(database.pool, 'fourth');
  const cell = { package: aName('fourth'), version: aVersion('1.0'), target };
  expect((await inTransaction(database.pool, (tx) => orderTrial(tx, cell, 'rock-2', 'pi'))).cells).toEqual([]);
  await database.pool.query('delete from leases');
  await endOne(database.pool, (await takes('rock-1'))!.attempt, { outcome: 'failure' });
  await inTransaction(database.pool, (tx) => orderTrial(tx, cell, 'rock-2', 'pi'));
  await inTransaction(database.pool, (tx) => requeue(tx, [...versions.values()]));
  expect(await takes('rock-1')).toBeUndefined();
  expect((await takes('rock-2'))?.name).toBe('fourth');
});

test('a slave that is to try something is no stranger, though it has built nothing', async () => {
  const { pool } = database;
  slaves['new-1'] = await makeSlave(pool, 'new-1');
  const cell = await failed('fifth');
  await inTransaction(pool, (tx) => orderTrial(tx, cell, 'new-1', 'pi@desk'));
  await forgetStrangers(pool, 0);
  expect((await listSlaves(pool)).map(({ label }) => label)).toContain('new-1');
  await release('rock-1', 'rock-2');
  await forgetStrangers(pool, 0);
  expect((await listSlaves(pool)).map(({ label }) => label)).not.toContain('new-1');
});
