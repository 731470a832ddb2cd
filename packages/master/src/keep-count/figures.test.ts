import { endOne, makePackage, makeSlave, makeTarget, takeOne } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { expect, test } from 'vitest';
import { Figures } from './figures.ts';

const database = useDatabase();

test('builds of today are counted from the database and as they end, and begin anew at midnight', async () => {
  const { pool } = database;
  const target = await makeTarget(pool, 'cp311');
  await makePackage(pool, 'six');
  const slave = await makeSlave(pool, 'rock-1');
  const taken = await takeOne(pool, slave, [target]);
  await endOne(pool, taken!.attempt, { outcome: 'failure' });

  let nowMs = Date.now();
  const figures = await Figures.open(pool, () => nowMs);
  figures.note({ outcome: 'success' });
  figures.note({ outcome: 'success' });
  expect(await figures.read()).toMatchObject({
    lastHour: { failure: 1 },
    today: { failure: 1, success: 2 },
    packages: 1,
    versions: 1,
    files: 0,
  });
  figures.takeBack({ outcome: 'failure' });
  figures.takeBack({ outcome: 'success' });
  expect((await figures.read()).today).toEqual({ success: 1 });
  nowMs += 24 * 3_600_000;
  figures.note({ outcome: 'timeout' });
  expect(await figures.read()).toMatchObject({ lastHour: {}, today: { timeout: 1 } });
});
