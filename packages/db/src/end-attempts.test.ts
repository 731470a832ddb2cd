import { beforeAll, expect, test } from 'vitest';
import { attemptState } from './attempt-state.ts';
import { endAttempts } from './end-attempts.ts';
import { nextPageOrders } from './page-orders.ts';
import { projectFiles } from './project-files.ts';
import { aFile, aName, endOne, makePackage, makeSlave, makeTarget, queueOf, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';

const database = useDatabase();
let low: number;
let slave: number;

beforeAll(async () => {
  low = await makeTarget(database.pool, 'cp311');
  await makeTarget(database.pool, 'cp312');
  slave = await makeSlave(database.pool, 'rock-1');
});

const take = async () => (await takeOne(database.pool, slave, [low]))!;
const filesOf = async (name: string) => (await projectFiles(database.pool, [aName(name)])).get(aName(name));

test('a failure settles its target and lets the next one try', async () => {
  await makePackage(database.pool, 'fails');
  const { attempt } = await take();
  const { ended } = await endOne(database.pool, attempt, { outcome: 'failure' });
  expect(ended).toMatchObject([{ verdict: 'ended', settles: true }]);
  expect(await queueOf(database.pool, 'fails')).toEqual(['fails 1.0 cp312 ready']);
});

test('a pure wheel settles every target, is listed, and orders its pages', async () => {
  await makePackage(database.pool, 'pure');
  const { attempt } = await take();
  const files = [aFile('pure-1.0-py3-none-any.whl')];
  const { ended } = await endOne(database.pool, attempt, { outcome: 'success', files });
  expect(ended).toMatchObject([{ files: [{ fate: 'listed' }] }]);
  expect(await queueOf(database.pool, 'pure')).toEqual([]);
  expect(await filesOf('pure')).toMatchObject({ files: [{ version: '1.0', attempt }] });
  const pages = (await nextPageOrders(database.pool, 100)).map(({ kind, subject }) => `${kind} ${subject}`);
  expect(pages).toEqual(expect.arrayContaining(['package pure', 'index ']));
});

test('an ABI-specific wheel gives all remaining targets jobs at once', async () => {
  await makeTarget(database.pool, 'cp313');
  await makePackage(database.pool, 'compiled');
  const { attempt } = await take();
  const files = [aFile('compiled-1.0-cp311-cp311-linux_x86_64.whl', { hasElf: true })];
  const { woken } = await endOne(database.pool, attempt, { outcome: 'success', files });
  expect(await queueOf(database.pool, 'compiled')).toEqual(['compiled 1.0 cp312 ready', 'compiled 1.0 cp313 ready']);
  expect(woken).toHaveLength(2);
});

test('an attempt whose lease is gone is fenced: nothing of it is written', async () => {
  await makePackage(database.pool, 'fenced');
  const { attempt } = await take();
  await endOne(database.pool, attempt, { outcome: 'cancelled' });
  const files = [aFile('fenced-1.0-py3-none-any.whl')];
  const { ended } = await endOne(database.pool, attempt, { outcome: 'success', files });
  expect(ended).toEqual([{ verdict: 'fenced', attempt }]);
  expect(await attemptState(database.pool, attempt)).toMatchObject({ held: false, outcome: 'cancelled', files: [] });
  expect(await queueOf(database.pool, 'fenced')).toEqual(['fenced 1.0 cp311 ready']);
  await endOne(database.pool, (await take()).attempt, { outcome: 'failure' });
});

test('one that ends twice at the same time ends once', async () => {
  await makePackage(database.pool, 'twice');
  const { attempt } = await take();
  const both = await Promise.all([endOne(database.pool, attempt, {}), endOne(database.pool, attempt, {})]);
  expect(both.map(({ ended }) => ended[0]?.verdict).sort()).toEqual(['ended', 'fenced']);
});

test('a filename that has other content is kept as it was first listed', async () => {
  const name = 'same-1.0-py3-none-any.whl';
  await makePackage(database.pool, 'same', ['1.0', '2.0']);
  const [first, second] = [
    await take(),
    (await takeOne(database.pool, await makeSlave(database.pool, 'rock-2'), [low]))!,
  ];
  await endOne(database.pool, first.attempt, { outcome: 'success', files: [aFile(name, { digit: '1' })] });
  const { ended } = await endOne(database.pool, second.attempt, {
    outcome: 'success',
    files: [aFile(name, { digit: '2' })],
  });
  expect(ended).toMatchObject([{ outcome: 'success', files: [{ filename: name, fate: 'first-kept' }] }]);
  expect(await filesOf('same')).toMatchObject({ files: [{ sha256: '1'.repeat(64) }] });
  expect(await attemptState(database.pool, second.attempt)).toMatchObject({ files: [name] });
});

test('a filename keeps its content for ever, even when its file is gone: other content is withheld, with all that came with it', async () => {
  const name = 'removed-1.0-py3-none-any.whl';
  await makePackage(database.pool, 'removed');
  await endOne(database.pool, (await take()).attempt, { outcome: 'success', files: [aFile(name, { digit: '3' })] });
  await database.pool.query(`update files set listed = false where filename = $1`, [name]);
  await makePackage(database.pool, 'removed', ['2.0']);
  const { attempt } = await take();
  const { ended } = await endOne(database.pool, attempt, {
    outcome: 'success',
    files: [aFile('removed-2.0-py3-none-any.whl', { digit: '5' }), aFile(name, { digit: '4' })],
  });
  expect(ended).toMatchObject([{ outcome: 'failure', reason: { kind: 'unsound-wheel', subject: name } }]);
  expect(await filesOf('removed')).toMatchObject({ files: [] });
});

test('the fifth transient end is a failure, and the waits grow to an hour', async () => {
  await makePackage(database.pool, 'flaky');
  const waits: number[] = [];
  for (let turn = 1; turn <= 5; turn += 1) {
    const { attempt } = await take();
    const { ended } = await endOne(database.pool, attempt, { outcome: 'transient' });
    expect(ended).toMatchObject([{ settles: turn === 5, outcome: turn === 5 ? 'failure' : 'transient' }]);
    const { rows } = await database.pool.query<{ minutes: number }>(
      `update jobs set phase = 'ready', ready_at = now()
      from (select extract(epoch from retry_at - ended_at)::integer / 60 as minutes from jobs
        join attempts using (version_id, target_id) where attempt_id = $1) as was
      where phase = 'delayed' and version_id = (select version_id from attempts where attempt_id = $1)
      returning minutes`,
      [attempt],
    );
    waits.push(...rows.map(({ minutes }) => minutes));
  }
  expect(waits).toEqual([1, 4, 16, 60]);
});

test('many ends go in one call', async () => {
  const slaves = await Promise.all([1, 2, 3].map((n) => makeSlave(database.pool, `many-${n}`)));
  await makePackage(database.pool, 'many', ['1.0', '2.0', '3.0']);
  const attempts: number[] = [];
  for (const one of slaves) attempts.push((await takeOne(database.pool, one, [low]))!.attempt);
  const ends = attempts.map((attempt) => ({
    attempt,
    outcome: 'failure' as const,
    reason: { kind: 'compiler-error' as const, subject: 'x.c', text: 'x.c does not compile' },
    steps: [{ name: 'build' }],
    logBytes: 5,
    files: [],
  }));
  const { ended } = await inTransaction(database.pool, (tx) => endAttempts(tx, ends));
  expect(ended.map(({ verdict }) => verdict)).toEqual(['ended', 'ended', 'ended']);
});

test('ends of different kinds go in one call, each its own way, and what may be taken again is told', async () => {
  const { pool } = database;
  const kinds = ['failure', 'cancelled', 'lost', 'transient'] as const;
  const versions = await makePackage(
    pool,
    'mixed',
    [...kinds.keys()].map((n) => `${n}`),
  );
  const taken = new Map<string, number>();
  for (const n of kinds.keys()) {
    const { attempt, version } = (await takeOne(pool, await makeSlave(pool, `mixed-${n}`), [low]))!;
    taken.set(version, attempt);
  }
  const end = { reason: null, steps: null, logBytes: null, files: [] };
  const ends = kinds.map((outcome, n) => ({ ...end, outcome, attempt: taken.get(`${n}`)! }));
  const { places } = await inTransaction(pool, (tx) => endAttempts(tx, ends));
  expect(await queueOf(pool, 'mixed')).toEqual([
    'mixed 0 cp312 ready',
    'mixed 1 cp311 ready',
    'mixed 2 cp311 delayed',
    'mixed 3 cp311 delayed',
  ]);
  const again = places.filter(({ targetId }) => targetId === low);
  expect(new Set(again.map(({ versionId }) => versionId))).toEqual(new Set([versions.get('1')]));
  expect(again[0]).toMatchObject({ lost: false, releasedUs: Date.UTC(2020, 0, 1) * 1000 });
  const lost = await pool.query(`select version_id as id from jobs where lost_by is not null`);
  expect(lost.rows).toEqual([{ id: versions.get('2') }]);
  await pool.query('delete from jobs');
});
