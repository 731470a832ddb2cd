import { climb } from '@piw/wheel/ladder';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { changeVersions } from './change-versions.ts';
import { prioritise } from './nudges.ts';
import { request, withdraw } from './requests.ts';
import { requeue } from './requeue.ts';
import { retry } from './retry.ts';
import { ripenJobs } from './ripen-jobs.ts';
import { skip, unskip } from './skips.ts';
import { preferTarget, retireTarget } from './targets.ts';
import { aFile, cells, endOne, makePackage, makeSlave, makeTarget, queueOf, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';
import { versionFacts } from './version-facts.ts';

const database = useDatabase();
const rungs = [
  ['cp311', 'linux_x86_64'],
  ['cp312', 'linux_x86_64'],
  ['cp313', 'linux_x86_64'],
  ['cp311', 'linux_aarch64'],
] as const;
const targets: number[] = [];
const slaves: number[] = [];

beforeAll(async () => {
  for (const [abi, platform] of rungs) targets.push(await makeTarget(database.pool, abi, platform));
  for (const n of [1, 2, 3]) slaves.push(await makeSlave(database.pool, `rock-${n}`));
});

const change = inTransaction;

test('a release is due half an hour after its upload, and at once when it is asked for', async () => {
  const uploaded = { releasedMs: Date.now() - 60_000 };
  const [versionId] = (await makePackage(database.pool, 'brand-new', ['1'], uploaded)).values();
  expect(await queueOf(database.pool, 'brand-new')).toEqual(['brand-new 1 cp311 delayed', 'brand-new 1 cp311 delayed']);
  const { nextMs } = await ripenJobs(database.pool);
  expect(nextMs).toBeGreaterThan(28 * 60_000);
  await makePackage(database.pool, 'brand-new', ['1'], { ...uploaded, asked: true });
  expect(await queueOf(database.pool, 'brand-new')).toEqual(['brand-new 1 cp311 ready', 'brand-new 1 cp311 ready']);
  await change(database.pool, (tx) => changeVersions(tx, [{ versionId: versionId!, yanked: null, deleted: true }]));
});

test('a delayed job may be taken once its time has come', async () => {
  await makePackage(database.pool, 'ripening', ['1'], { releasedMs: Date.now() - 60_000 });
  await database.pool.query(`update jobs set ready_at = now() where phase = 'delayed'`);
  const { woken } = await ripenJobs(database.pool);
  expect(woken.toSorted()).toEqual([targets[0], targets[3]].toSorted());
  expect(await queueOf(database.pool, 'ripening')).toContain('ripening 1 cp311 ready');
});

test('a skipped package has no jobs, and has them again when it is unskipped', async () => {
  await makePackage(database.pool, 'skipped', ['1', '2']);
  await change(database.pool, (tx) => skip(tx, cells('skipped', '1'), { reason: 'huge', by: 'ann' }));
  expect(await queueOf(database.pool, 'skipped')).toEqual(['skipped 2 cp311 ready', 'skipped 2 cp311 ready']);
  await change(database.pool, (tx) => skip(tx, cells('skipped'), { reason: 'huge', by: 'ann' }));
  expect(await queueOf(database.pool, 'skipped')).toEqual([]);
  expect(await change(database.pool, (tx) => unskip(tx, cells('skipped')))).toMatchObject({ count: 2 });
  expect(await queueOf(database.pool, 'skipped')).toHaveLength(4);
});

test('skipping one target lets the next one have its job, and names the attempt to cancel', async () => {
  await makePackage(database.pool, 'one-target');
  await change(database.pool, (tx) => prioritise(tx, cells('one-target'), 'front', 'ann'));
  const taken = await takeOne(database.pool, slaves[0]!, [targets[0]!]);
  const cell = { ...cells('one-target'), target: { abi: 'cp311', platform: 'linux_x86_64' } };
  const { cancel } = await change(database.pool, (tx) => skip(tx, cell, { reason: 'no', by: 'ann' }));
  expect(cancel).toEqual([taken!.attempt]);
  await endOne(database.pool, taken!.attempt, { outcome: 'skipped' });
  expect(await queueOf(database.pool, 'one-target')).toEqual([
    'one-target 1.0 cp311 ready',
    'one-target 1.0 cp312 ready',
  ]);
});

test('a version that is yanked loses its jobs unless it was asked for', async () => {
  const yank = async (name: string, asked: boolean) => {
    const [versionId] = (await makePackage(database.pool, name, ['1'], { asked })).values();
    await change(database.pool, (tx) =>
      changeVersions(tx, [{ versionId: versionId!, yanked: 'broken', deleted: false }]),
    );
    return (await queueOf(database.pool, name)).length;
  };
  expect([await yank('yanked', false), await yank('yanked-but-asked', true)]).toEqual([0, 2]);
});

test('a version that is deleted loses jobs and files, and its attempts are to be cancelled', async () => {
  const versions = await makePackage(database.pool, 'deleted', ['1', '2'], { asked: true });
  await change(database.pool, (tx) => prioritise(tx, cells('deleted'), 'front', 'ann'));
  const taken = (await takeOne(database.pool, slaves[1]!, [targets[0]!]))!;
  const gone = [...versions.values()].map((versionId) => ({ versionId, yanked: null, deleted: true }));
  const { cancel } = await change(database.pool, (tx) => changeVersions(tx, gone));
  expect(cancel).toEqual([taken.attempt]);
  await endOne(database.pool, taken.attempt, { outcome: 'cancelled' });
  expect(await queueOf(database.pool, 'deleted')).toEqual([]);
});

test('a target that a request names is due out of the order of the ladder, until that is withdrawn', async () => {
  await makePackage(database.pool, 'wished');
  const wish = { ...cells('wished'), target: { abi: 'cp313', platform: 'linux_x86_64' } };
  await change(database.pool, (tx) => request(tx, wish, { who: 'ann', mail: null }));
  expect(await queueOf(database.pool, 'wished')).toContain('wished 1.0 cp313 ready');
  expect(await change(database.pool, (tx) => withdraw(tx, wish))).toMatchObject({ asked: true, due: false });
  expect(await queueOf(database.pool, 'wished')).toEqual(['wished 1.0 cp311 ready', 'wished 1.0 cp311 ready']);
  expect(await change(database.pool, (tx) => withdraw(tx, cells('wished')))).toMatchObject({ asked: false, due: true });
});

test('what failed is tried again when somebody asks', async () => {
  await makePackage(database.pool, 'retried');
  await change(database.pool, (tx) => prioritise(tx, cells('retried'), 'front', 'ann'));
  const taken = (await takeOne(database.pool, slaves[2]!, [targets[0]!]))!;
  const reason = { kind: 'missing-header', subject: 'ffi.h', text: 'ffi.h is missing' } as const;
  await endOne(database.pool, taken.attempt, { outcome: 'failure', reason });
  const filter = { package: null, version: null, target: null, outcome: null, reason: null, subject: 'ffi.h' };
  const { cells: retried } = await change(database.pool, (tx) => retry(tx, filter, 'ann'));
  expect(retried).toMatchObject([{ package: 'retried', target: { abi: 'cp311' }, outcome: 'failure' }]);
  expect(await queueOf(database.pool, 'retried')).toEqual(['retried 1.0 cp311 ready', 'retried 1.0 cp311 ready']);
});

test('a job that waits after a transient end waits no longer when somebody asks', async () => {
  await makePackage(database.pool, 'impatient', ['1.0'], { releasedMs: Date.UTC(2021, 0, 1) });
  await change(database.pool, (tx) => prioritise(tx, cells('impatient'), 'front', 'ann'));
  const taken = (await takeOne(database.pool, slaves[2]!, [targets[0]!]))!;
  await endOne(database.pool, taken.attempt, { outcome: 'transient' });
  await change(database.pool, (tx) => prioritise(tx, cells('impatient'), 'back', 'ann'));
  expect(await queueOf(database.pool, 'impatient')).toContain('impatient 1.0 cp311 delayed');
  const filter = { package: 'impatient', version: null, target: null, outcome: null, reason: null, subject: null };
  await change(database.pool, (tx) => retry(tx, filter, 'ann'));
  expect(await queueOf(database.pool, 'impatient')).toEqual(['impatient 1.0 cp311 ready', 'impatient 1.0 cp311 ready']);
});

test('a job that comes back is ready even for a transaction that began before', async () => {
  const { pool } = database;
  const [versionId] = (await makePackage(pool, 'returned')).values();
  await change(pool, (tx) => prioritise(tx, cells('returned'), 'front', 'ann'));
  const taken = (await takeOne(pool, slaves[2]!, [targets[0]!]))!;
  await change(pool, async (older) => {
    await older.query({ text: 'select' });
    await endOne(pool, taken.attempt, { outcome: 'cancelled' });
    await requeue(older, [versionId!]);
  });
  expect(await queueOf(pool, 'returned')).toEqual(['returned 1.0 cp311 ready', 'returned 1.0 cp311 ready']);
});

test('a job whose delay is over stays ready, even for a transaction that began before', async () => {
  const { pool } = database;
  const [versionId] = (await makePackage(pool, 'ripe')).values();
  await change(pool, async (older) => {
    await older.query({ text: 'select' });
    await pool.query(
      `update jobs set phase = 'delayed', ready_at = clock_timestamp(), retry_at = clock_timestamp() where version_id = $1`,
      [versionId],
    );
    await ripenJobs(pool);
    await requeue(older, [versionId!]);
  });
  expect(await queueOf(pool, 'ripe')).toEqual(['ripe 1.0 cp311 ready', 'ripe 1.0 cp311 ready']);
});

test('whatever happens to a version, in whatever order, its jobs are what the ladder says', async () => {
  const name = 'property';
  const rung = fc.integer({ min: 0, max: 3 });
  const event = fc.oneof(
    fc.record({ do: fc.constant('fail' as const), rung }),
    fc.record({ do: fc.constant('build' as const), rung, pure: fc.boolean() }),
    fc.record({ do: fc.constantFrom('lose' as const, 'cancel' as const), rung }),
    fc.record({ do: fc.constantFrom('skip' as const, 'retire' as const), rung }),
    fc.record({
      do: fc.constantFrom('unskip' as const, 'retry' as const, 'yank' as const, 'unyank' as const, 'ask' as const),
    }),
  );
  type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;
  let n = 0;
  let slaveNumber = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const version = `1.${(n += 1)}`;
      const versionId = (await makePackage(database.pool, name, [version])).get(version)!;
      for (const one of events) await happen(one, version, versionId);
      const [known] = await versionFacts(database.pool, [versionId]);
      const { rows } = await database.pool.query<{ target_id: number }>(
        'select target_id from jobs where version_id = $1',
        [versionId],
      );
      expect(rows.map((row) => row.target_id).toSorted()).toEqual(climb(known!.facts).due.toSorted());
      const before = await queueOf(database.pool, name);
      await change(database.pool, (tx) => requeue(tx, [versionId]));
      expect(await queueOf(database.pool, name)).toEqual(before);
    }),
    { numRuns: 25 },
  );

  async function happen(event: Event, version: string, versionId: number): Promise<void> {
    const { pool } = database;
    const all = cells(name, version);
    switch (event.do) {
      case 'unskip':
        await change(pool, (tx) => unskip(tx, all));
        return;
      case 'retry':
        await change(pool, (tx) => retry(tx, { ...all, outcome: null, reason: null, subject: null }, 'ann'));
        return;
      case 'yank':
      case 'unyank': {
        const yanked = event.do === 'yank' ? '' : null;
        await change(pool, (tx) => changeVersions(tx, [{ versionId, yanked, deleted: false }]));
        return;
      }
      case 'ask':
        await makePackage(pool, name, [version], { asked: true });
        return;
      case 'retire': {
        const [abi, platform] = rungs[event.rung]!;
        await change(pool, (tx) => retireTarget(tx, targets[event.rung]!));
        await change(pool, (tx) => preferTarget(tx, targets[event.rung]!, true));
        await makeTarget(pool, abi, platform);
        return;
      }
      case 'skip': {
        const [abi, platform] = rungs[event.rung]!;
        const word = { reason: 'why not', by: 'ann' };
        await change(pool, (tx) => skip(tx, { ...all, target: { abi, platform } }, word));
        return;
      }
      default:
        return build(event, versionId);
    }
  }

  async function build(event: Extract<Event, { do: 'fail' | 'build' | 'lose' | 'cancel' }>, versionId: number) {
    const { pool } = database;
    await pool.query(`delete from jobs where version_id <> $1 and phase <> 'leased'`, [versionId]);
    await pool.query(`update jobs set phase = 'ready', retry_at = null where phase = 'delayed'`);
    slaveNumber += 1;
    const slave = await makeSlave(pool, `property-${slaveNumber}`);
    const taken = await takeOne(pool, slave, [targets[event.rung]!]);
    if (!taken) return;
    const { abi, platform } = taken.target;
    const tag = event.do === 'build' && !event.pure ? `${abi}-${abi}-${platform}` : 'py3-none-any';
    const outcome = ({ fail: 'failure', build: 'success', lose: 'lost', cancel: 'cancelled' } as const)[event.do];
    const files = event.do === 'build' ? [aFile(`${name}-${taken.version}-${tag}.whl`)] : [];
    await endOne(pool, taken.attempt, { outcome, files });
  }
});
