import { expect, test } from 'vitest';
import { forgetStrangers, listSlaves, pauseSlaves } from './slaves.ts';
import { makePackage, makeSlave, makeTarget, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';

const database = useDatabase();

test('whoever came once and did nothing is forgotten when there are many, the one seen longest ago first', async () => {
  const { pool } = database;
  const target = await makeTarget(pool, 'cp311');
  await makePackage(pool, 'numpy');
  const builder = await makeSlave(pool, 'builder');
  await takeOne(pool, builder, [target]);
  await makeSlave(pool, 'held');
  await pauseSlaves(pool, ['held'], { by: 'ann', sinceMs: 0, why: 'it smokes' });
  for (const label of ['stranger-1', 'stranger-2', 'stranger-3']) await makeSlave(pool, label);
  expect(await forgetStrangers(pool, 2)).toBe(1);
  const known = (await listSlaves(pool)).map(({ label }) => label);
  expect(known).toEqual(['builder', 'held', 'stranger-2', 'stranger-3']);
});
