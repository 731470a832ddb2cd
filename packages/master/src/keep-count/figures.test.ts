import { endOne, makePackage, makeSlave, makeTarget, takeOne } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import type { Outcome } from '@piw/wheel/outcome';
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
  const figures = await Figures.open(pool, () => nowMs, nowMs);
  const end = (outcome: Outcome) => ({ outcome, target: 'cp311-linux_x86_64', endedMs: nowMs });
  figures.note(end('success'));
  figures.note(end('success'));
  expect(await figures.read()).toMatchObject({
    lastHour: { failure: 1, success: 2 },
    today: { failure: 1, success: 2 },
    packages: 1,
    versions: 1,
    files: 0,
  });
  figures.takeBack(end('failure'));
  figures.takeBack(end('success'));
  expect(await figures.read()).toMatchObject({ today: { success: 1 }, lastHour: { success: 1 } });
  nowMs += 24 * 3_600_000;
  figures.note(end('timeout'));
  const { lastHour, today } = await figures.read();
  expect({ lastHour, today }).toEqual({ lastHour: { timeout: 1 }, today: { timeout: 1 } });
});

test('a target tells how fast it is worked off, since when its oldest job waits, and when nothing will', async () => {
  const { pool } = database;
  await pool.query('delete from packages');
  const [busy, still] = [await makeTarget(pool, 'cp312', 'linux_a'), await makeTarget(pool, 'cp313', 'linux_b')];
  await makePackage(pool, 'numpy', ['1.0', '2.0', '3.0']);
  const slave = await makeSlave(pool, 'rock-2');
  for (const outcome of ['success', 'failure', 'cancelled', 'transient']) {
    await pool.query(
      `insert into attempts (version_id, target_id, slave_id, started_at, ended_at, outcome, settles)
      select min(version_id), $1, $2, now() - interval '90 s', now(), $3, false from versions`,
      [busy, slave, outcome],
    );
  }
  await pool.query('update jobs set queued_at = to_timestamp(target_id * 1000 + version_id % 10)');
  const { targets } = await (await Figures.open(pool, Date.now, Date.now() - 2 * 3_600_000)).read();
  const oldest = await pool.query<{ ms: number }>(
    'select (extract(epoch from min(queued_at)) * 1000)::float8 as ms from jobs group by target_id having target_id = any ($1) order by target_id',
    [[busy, still]],
  );
  expect(targets).toContainEqual({
    ...{ target: 'cp312-linux_a', waiting: 3, perHour: 2, oldestMs: oldest.rows[0]!.ms },
    ...{ emptyMs: 1.5 * 3_600_000, medianMs: 90_000 },
  });
  expect(targets).toContainEqual({
    ...{ target: 'cp313-linux_b', waiting: 3, perHour: 0, oldestMs: oldest.rows[1]!.ms, emptyMs: null, medianMs: null },
  });
});

test('a farm that is younger than an hour is told by what it did since it began, and when nothing waits only once that tells', async () => {
  const { pool } = database;
  await pool.query('delete from packages');
  await makeTarget(pool, 'cp314', 'linux_c');
  await makePackage(pool, 'scipy', ['1.0', '2.0', '3.0']);
  const startedMs = Date.now() + 24 * 3_600_000; // nothing that other tests built is of that hour
  let nowMs = startedMs;
  const figures = await Figures.open(pool, () => nowMs, startedMs);
  const after = async (ms: number) => {
    nowMs = startedMs + ms;
    figures.note({ outcome: 'success', target: 'cp314-linux_c', endedMs: nowMs });
    const { targets } = await figures.read();
    const { perHour, emptyMs } = targets.find(({ target }) => target === 'cp314-linux_c')!;
    return { perHour, emptyMs };
  };
  expect(await after(90_000)).toEqual({ perHour: 30, emptyMs: null });
  expect(await after(5 * 60_000)).toEqual({ perHour: 24, emptyMs: 8 * 60_000 });
  expect(await after(50 * 60_000)).toEqual({ perHour: 4, emptyMs: 50 * 60_000 });

  const quick = await Figures.open(pool, () => nowMs, (nowMs += 24 * 3_600_000));
  for (let n = 0; n < 10; n += 1) quick.note({ outcome: 'failure', target: 'cp314-linux_c', endedMs: nowMs });
  const { targets } = await quick.read();
  expect(targets).toContainEqual(expect.objectContaining({ target: 'cp314-linux_c', perHour: 600, emptyMs: 60_000 }));
});
