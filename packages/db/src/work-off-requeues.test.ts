import { expect, test } from 'vitest';
import { makePackage, makeTarget, queueOf } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
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
