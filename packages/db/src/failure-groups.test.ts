import { beforeAll, beforeEach, expect, test } from 'vitest';
import { failureGroups } from './failure-groups.ts';
import { endOne, makePackage, makeSlave, makeTarget, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';

const database = useDatabase();
let target: number;
let slave: number;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
  slave = await makeSlave(database.pool, 'rock-1');
});
beforeEach(() => database.pool.query('delete from packages'));

const header = { kind: 'missing-header', subject: 'ffi.h', text: 'The header ffi.h is missing.' } as const;

async function fail(
  name: string,
  versions: readonly string[],
  reason: Parameters<typeof endOne>[2]['reason'] = header,
): Promise<number> {
  const { pool } = database;
  await makePackage(pool, name, versions);
  let attempt = 0;
  for (let i = 0; i < versions.length; i++) {
    attempt = (await takeOne(pool, slave, [target]))!.attempt;
    await endOne(pool, attempt, { reason });
  }
  return attempt;
}

test('failures are counted by what they are about: builds, and packages', async () => {
  await fail('cffi', ['1.0', '2.0']);
  const latest = await fail('cairo', ['1.0']);
  const tool = await fail('psycopg2', ['1.0'], {
    ...header,
    kind: 'missing-tool',
    subject: 'pg_config',
    text: 'No pg_config.',
  });
  const { groups, countedFromMs } = await failureGroups(database.pool, null, 10);
  expect(countedFromMs).toBeNull();
  expect(groups).toMatchObject([
    {
      ...header,
      builds: 3,
      packages: 2,
      attempt: latest,
      package: 'cairo',
      version: '1.0',
      target: 'cp311-linux_x86_64',
    },
    { kind: 'missing-tool', subject: 'pg_config', builds: 1, packages: 1, attempt: tool },
  ]);
  expect((await failureGroups(database.pool, null, 1)).groups).toHaveLength(1);
  expect((await failureGroups(database.pool, Date.now() + 60_000, 10)).groups).toEqual([]);
});

test('what succeeded, passes, or is tried again stands failed no longer', async () => {
  const { pool } = database;
  await fail('again', ['1.0']);
  await makePackage(pool, 'well', ['1.0', '2.0']);
  await endOne(pool, (await takeOne(pool, slave, [target]))!.attempt, { outcome: 'success' });
  await endOne(pool, (await takeOne(pool, slave, [target]))!.attempt, { outcome: 'transient', reason: header });
  expect((await failureGroups(pool, null, 10)).groups).toMatchObject([{ builds: 1 }]);
  await pool.query('update attempts set settles = false');
  expect((await failureGroups(pool, null, 10)).groups).toEqual([]);
});

test('failures that nobody explained are a group of their own', async () => {
  await fail('silent', ['1.0'], null);
  expect((await failureGroups(database.pool, null, 10)).groups).toMatchObject([
    { kind: null, subject: null, text: null, builds: 1 },
  ]);
});

test('of very many failures the latest are looked at, and it is said since when', async () => {
  const { pool } = database;
  await fail('huge', ['1.0']);
  await pool.query(`
    insert into attempts (version_id, target_id, slave_id, started_at, ended_at, outcome, reason_kind, reason_subject, reason_text, settles)
    select version_id, target_id, slave_id, started_at, ended_at - n * interval '1 second', outcome, reason_kind,
      reason_subject, reason_text, true
    from attempts, generate_series(1, 5005) as n where settles`);
  const { groups, countedFromMs } = await failureGroups(pool, null, 10);
  expect(groups).toMatchObject([{ builds: 5000, packages: 1 }]);
  expect(groups[0]!.latestMs - countedFromMs!).toBeCloseTo(4_999_000, -3);
});
