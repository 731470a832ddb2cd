import { beforeAll, expect, test } from 'vitest';
import { readBuild, runningBuilds } from './builds.ts';
import { type BuildsFilter, findBuilds, listBuilds } from './find-builds.ts';
import { packageMatrix } from './package-matrix.ts';
import { orderPages } from './page-orders.ts';
import { allPackages } from './project-files.ts';
import { publishedFiles } from './published.ts';
import { queuedJobs } from './queue-report.ts';
import { skip } from './skips.ts';
import { endsOfSlaves, outcomesSince } from './statistics.ts';
import { foldTallies, queueTallies, totals } from './tallies.ts';
import { aFile, aName, cells, endOne, makePackage, makeSlave, makeTarget, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';

const database = useDatabase();
let slave: number;
let targetId: number;
let failed: number;
let built: number;

const everything: BuildsFilter = {
  limit: 10,
  before: null,
  package: null,
  version: null,
  target: null,
  slave: null,
  outcome: null,
  reason: null,
  sinceMs: null,
};
const wheel = aFile('foo-2.0-py3-none-any.whl', { dependencies: { apt: ['libffi8'] } });

beforeAll(async () => {
  const { pool } = database;
  targetId = await makeTarget(pool, 'cp311');
  await makeTarget(pool, 'cp312');
  slave = await makeSlave(pool, 'rock-1');
  await makePackage(pool, 'foo', ['2.0']);
  built = (await takeOne(pool, slave, [targetId]))!.attempt;
  await endOne(pool, built, { outcome: 'success', files: [wheel], steps: [{ name: 'build' }], logBytes: 77 });
  await makePackage(pool, 'foo', ['1.0']);
  failed = (await takeOne(pool, slave, [targetId]))!.attempt;
  const reason = { kind: 'missing-tool', subject: 'pg_config', text: 'pg_config is missing' } as const;
  await endOne(pool, failed, { outcome: 'failure', reason });
});

test('builds are listed from the newest, by whatever one asks for', async () => {
  const found = async (filter: Partial<BuildsFilter>) =>
    (await listBuilds(database.pool, { ...everything, ...filter })).map(({ attempt }) => attempt);
  expect(await found({})).toEqual([failed, built]);
  expect(await found({ before: failed })).toEqual([built]);
  expect(await found({ package: 'foo', version: '1.0', target: { abi: 'cp311', platform: 'linux_x86_64' } })).toEqual([
    failed,
  ]);
  expect(await found({ outcome: 'success', slave: 'rock-1', sinceMs: 0 })).toEqual([built]);
  expect(await found({ reason: 'missing-tool' })).toEqual([failed]);
  expect(await found({ slave: 'nobody' })).toEqual([]);
  expect(await found({ sinceMs: Date.now() + 3_600_000 })).toEqual([]);
});

test('what is rare is looked for a part at a time, and found in the end', async () => {
  const filter = { ...everything, slave: 'rock-1', outcome: 'success' } as const;
  const find = (more: object, looks: number) =>
    findBuilds(database.pool, { ...filter, ...more }, { lookedAt: 1, looks });
  expect(await find({}, 1)).toEqual({ builds: [], next: failed });
  expect(await find({ before: failed }, 1)).toMatchObject({ builds: [{ attempt: built }], next: built });
  expect(await find({}, 5)).toMatchObject({ builds: [{ attempt: built }], next: null });
  expect(await find({ outcome: 'lost' }, 5)).toEqual({ builds: [], next: null });
});

test('a full page tells where the next begins', async () => {
  expect(await findBuilds(database.pool, { ...everything, limit: 1 })).toMatchObject({ next: failed });
  expect(await findBuilds(database.pool, everything)).toMatchObject({ next: null });
});

test('a build is told with its steps, its log and its files', async () => {
  expect(await readBuild(database.pool, built)).toMatchObject({
    package: 'foo',
    slave: 'rock-1',
    steps: [{ name: 'build' }],
    logBytes: 77,
    published: [{ filename: wheel.filename, sizeBytes: 1000, listed: true, dependencies: { apt: ['libffi8'] } }],
  });
  expect(await readBuild(database.pool, failed)).toMatchObject({
    reason: { kind: 'missing-tool', subject: 'pg_config', text: 'pg_config is missing' },
  });
  expect(await readBuild(database.pool, 999_999)).toBeUndefined();
});

test('the matrix of a package says how each version stands at each target', async () => {
  await makePackage(database.pool, 'foo', ['3.0'], { requiresPython: '>=3.12' });
  await inTransaction(database.pool, (tx) =>
    skip(
      tx,
      { ...cells('foo', '1.0'), target: { abi: 'cp312', platform: 'linux_x86_64' } },
      { reason: 'no', by: 'ann' },
    ),
  );
  const matrix = (await packageMatrix(database.pool, aName('foo')))!;
  const states = matrix.versions.map(({ version, cells: row }) =>
    [version, ...row.map(({ state }) => state)].join(' '),
  );
  expect(states).toEqual(['3.0 excluded waiting', '2.0 file file', '1.0 failed skipped']);
  expect(matrix.versions[1]?.cells[1]).toMatchObject({ file: { filename: wheel.filename }, attempt: null });
  expect(matrix.versions[2]?.cells.map(({ text }) => text)).toEqual(['pg_config is missing', 'no']);
  expect(await packageMatrix(database.pool, aName('nothing'))).toBeUndefined();
});

test('a build whose wheel does not serve its own target is told as built, and why that is not enough', async () => {
  const { pool } = database;
  await makePackage(pool, 'other', ['1.0']);
  const { attempt } = (await takeOne(pool, slave, [targetId]))!;
  const file = aFile('other-1.0-py3-none-any.whl', { digit: 'b', requiresPython: '>=3.12' });
  await endOne(pool, attempt, { outcome: 'success', files: [file] });
  const [row] = (await packageMatrix(pool, aName('other')))!.versions;
  expect(row?.cells.map(({ state }) => state)).toEqual(['built', 'file']);
  expect(row?.cells[0]?.text).toContain('none of its wheels serves this target');
  await pool.query(`delete from packages where name = 'other'`);
});

test('the queue shows what is being built, what waits in its order, and what is delayed', async () => {
  const { pool } = database;
  await makePackage(pool, 'queued', ['1', '2', '3']);
  await makePackage(pool, 'delayed', ['1'], { releasedMs: Date.now() });
  const { attempt } = (await takeOne(pool, slave, [targetId]))!;
  const shown = (await queuedJobs(pool, targetId, 10)).map((job) => `${job.package} ${job.version} ${job.state}`);
  expect(shown).toEqual(['queued 1 building', 'queued 2 waiting', 'queued 3 waiting', 'delayed 1 delayed']);
  expect(await queuedJobs(pool, null, 2)).toHaveLength(2);
  expect(await runningBuilds(pool)).toMatchObject([{ attempt, endedMs: null, outcome: null }]);
  await endOne(pool, attempt, { outcome: 'cancelled' });
});

test('what is kept of counts is what counting would find, folded or not', async () => {
  const { pool } = database;
  const { rows } = await pool.query<{ n: number }>(
    `select count(*) as n from jobs where target_id = $1 and phase = 'ready'`,
    [targetId],
  );
  const kept = async () => (await queueTallies(pool)).find((tally) => tally.targetId === targetId)?.ready;
  expect(await kept()).toBe(rows[0]!.n);
  await foldTallies(pool);
  expect(await kept()).toBe(rows[0]!.n);
  expect(await totals(pool)).toMatchObject({ files: 1, filesBytes: 1000 });
});

test('outcomes are counted since a time, over all and by slave', async () => {
  expect(await outcomesSince(database.pool, 0)).toMatchObject({ success: 1, failure: 1 });
  const ends = await endsOfSlaves(database.pool, 0);
  expect(ends.map(({ slaveId, success, n }) => [slaveId, success, n])).toEqual(
    expect.arrayContaining([
      [slave, true, 1],
      [slave, false, 1],
    ]),
  );
  expect(Math.abs(ends[0]!.atMs - Date.now())).toBeLessThan(3_600_000);
  expect(await outcomesSince(database.pool, Date.now() + 60_000)).toEqual({});
});

test('what is published is known by name and content, and packages by their names, with files or without', async () => {
  expect(await publishedFiles(database.pool, [wheel])).toEqual([wheel]);
  expect(await publishedFiles(database.pool, [{ ...wheel, sha256: '0'.repeat(64) }])).toEqual([]);
  await orderPages(database.pool, [{ kind: 'package', subject: 'queued' }]);
  expect(await allPackages(database.pool)).toEqual([
    { name: 'foo', hasFiles: true },
    { name: 'queued', hasFiles: false },
  ]);
});
