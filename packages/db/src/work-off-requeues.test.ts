import { expect, test } from 'vitest';
import { retireTarget } from './targets.ts';
import { endOne, makePackage, makeSlave, makeTarget, queueOf, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';
import { workOffRequeues } from './work-off-requeues.ts';

const database = useDatabase();

test('a target that is added to many versions gets its jobs batch by batch', async () => {
  const versions = Array.from({ length: 1001 }, (_, n) => `1.${n}`);
  await makePackage(database.pool, 'big', versions);
  const targetId = await makeTarget(database.pool, 'cp311');
  expect(await queueOf(database.pool)).toHaveLength(0);
  expect(await workOffRequeues(database.pool, 600)).toEqual({ woken: [targetId], more: true });
  expect(await queueOf(database.pool)).toHaveLength(600);
  while ((await workOffRequeues(database.pool, 600)).more);
  expect(await queueOf(database.pool)).toHaveLength(1001);
});

test('what waits for a target that is retired goes to the next one, what is being built ends as it would have, and all is due when it is back', async () => {
  const { pool } = database;
  await pool.query('delete from packages');
  const [lower, higher] = [await makeTarget(pool, 'cp311'), await makeTarget(pool, 'cp312')];
  await makePackage(pool, 'begun');
  const { attempt } = (await takeOne(pool, await makeSlave(pool, 'rock-1'), [lower]))!;
  await makePackage(pool, 'waits');
  await inTransaction(pool, (tx) => retireTarget(tx, lower));
  expect(await queueOf(pool, 'waits')).toEqual(['waits 1.0 cp312 ready']);
  expect(await queueOf(pool, 'begun')).toContain('begun 1.0 cp311 leased');
  await endOne(pool, attempt, { outcome: 'failure' });
  expect(await queueOf(pool, 'begun')).toEqual(['begun 1.0 cp312 ready']);
  expect(await takeOne(pool, await makeSlave(pool, 'rock-2'), [lower])).toBeUndefined();
  await makeTarget(pool, 'cp311');
  expect(await queueOf(pool, 'waits')).toEqual(['waits 1.0 cp311 ready']);
  expect(await takeOne(pool, await makeSlave(pool, 'rock-2'), [lower, higher])).toBeDefined();
});
