import { active, type ProjectFile } from '@piw/wheel/project-file';
import { listedFile } from '@piw/wheel/testing/listed-file';
import { beforeAll, expect, test } from 'vitest';
import { prioritise } from './nudges.ts';
import { packageMatrix } from './package-matrix.ts';
import { isUpstreamFailing, recordUpstream, recordUpstreamFailure, type UpstreamAnswer } from './record-upstream.ts';
import { request } from './requests.ts';
import { retry } from './retry.ts';
import {
  aFile,
  aName,
  cells,
  endOne,
  makePackage,
  makeSlave,
  makeTarget,
  queueOf,
  takeOne,
} from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';
import { setUpstream } from './upstream-mode.ts';
import { askUpstreamNow, dueUpstreamPages, hastenUpstreamPages, upstreamListings } from './upstream-pages.ts';

const database = useDatabase();
const everyMs = 3_600_000;
let targets: number[];
beforeAll(async () => {
  targets = [await makeTarget(database.pool, 'cp311'), await makeTarget(database.pool, 'cp312')];
  await inTransaction(database.pool, (tx) => setUpstream(tx, 'merge'));
});

const listed = (files: ProjectFile[], etag: string | null = null): UpstreamAnswer => ({
  ...{ type: 'listed', etag, lastModified: null },
  listing: { files, versions: [], ...active },
});
const unchanged: UpstreamAnswer = { type: 'unchanged' };
const missing: UpstreamAnswer = { type: 'missing' };
const listingOf = async (name: string) => (await upstreamListings(database.pool, [aName(name)])).get(aName(name));

async function idOf(name: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>('select package_id as id from packages where name = $1', [
    name,
  ]);
  return rows[0]!.id;
}

async function hear(name: string, answer: UpstreamAnswer) {
  const packageId = await idOf(name);
  return inTransaction(database.pool, (tx) => recordUpstream(tx, packageId, answer, everyMs));
}

const letAnHourPass = () => database.pool.query(`update upstream_pages set missed_at = missed_at - interval '1 hour'`);

const sdist = (name: string, known: Partial<ProjectFile> = {}) => listedFile(`${name}-1.0.tar.gz`, known);
const pure = (name: string, known: Partial<ProjectFile> = {}) => listedFile(`${name}-1.0-py3-none-any.whl`, known);

const states = async (name: string) =>
  (await packageMatrix(database.pool, aName(name)))!.versions.flatMap((one) => one.cells.map(({ state }) => state));

test('nothing is built until upstream was heard, and then what it has no wheel for', async () => {
  await makePackage(database.pool, 'half');
  expect(await queueOf(database.pool, 'half')).toEqual([]);
  const { woken } = await hear('half', listed([sdist('half'), listedFile('half-1.0-cp311-cp311-linux_x86_64.whl')]));
  expect(woken).toEqual([targets[1]]);
  expect(await queueOf(database.pool, 'half')).toEqual(['half 1.0 cp312 ready']);
  expect(await states('half')).toEqual(['upstream', 'waiting']);
});

test('what was asked for by name is built whatever upstream has, a target that was asked for alone too', async () => {
  await makePackage(database.pool, 'asked', ['1.0'], { asked: true });
  expect(await queueOf(database.pool, 'asked')).toEqual(['asked 1.0 cp311 ready']);
  await hear('asked', listed([sdist('asked'), pure('asked')]));
  expect(await queueOf(database.pool, 'asked')).toEqual(['asked 1.0 cp311 ready']);
  await makePackage(database.pool, 'wished');
  await hear('wished', listed([pure('wished')]));
  const wish = { ...cells('wished'), target: { abi: 'cp312', platform: 'linux_x86_64' } };
  await inTransaction(database.pool, (tx) => request(tx, wish, { who: 'ann', mail: null }));
  expect(await queueOf(database.pool, 'wished')).toEqual(['wished 1.0 cp312 ready']);
  expect(await states('wished')).toEqual(['upstream', 'waiting']);
});

test('an upstream wheel that is yanked or for other Pythons serves nobody', async () => {
  await makePackage(database.pool, 'served');
  await hear('served', listed([sdist('served'), pure('served')]));
  expect(await queueOf(database.pool, 'served')).toEqual([]);
  await hear('served', listed([sdist('served'), pure('served', { requiresPython: '>=3.12' })]));
  expect(await queueOf(database.pool, 'served')).toEqual(['served 1.0 cp311 ready']);
  await hear('served', listed([sdist('served'), pure('served', { yanked: 'broken' })]));
  expect(await queueOf(database.pool, 'served')).toEqual(['served 1.0 cp311 ready']);
  expect(await states('served')).toEqual(['waiting', 'none']);
});

test('a page that has not changed costs no change, but for versions that upstream was not heard of yet', async () => {
  await makePackage(database.pool, 'later');
  await hear('later', listed([pure('later'), listedFile('later-2.0-py3-none-any.whl')], '"a"'));
  expect(await hear('later', unchanged)).toMatchObject({ isNews: false });
  await makePackage(database.pool, 'later', ['2.0']);
  expect(await hear('later', unchanged)).toMatchObject({ isNews: true });
  expect(await states('later')).toEqual(['upstream', 'upstream', 'upstream', 'upstream']);
  const same = listed([pure('later'), listedFile('later-2.0-py3-none-any.whl')], '"b"');
  expect(await hear('later', same)).toMatchObject({ isNews: false });
  await database.pool.query(`update upstream_pages set due_at = now()`);
  const due = (await dueUpstreamPages(database.pool, 100)).find((one) => one.package === 'later');
  expect(due).toMatchObject({ etag: '"b"' });
});

test('a version that upstream yanks loses its jobs, and one that it unyanks has them again', async () => {
  await makePackage(database.pool, 'taken-back');
  await hear('taken-back', listed([sdist('taken-back')]));
  await hear('taken-back', listed([sdist('taken-back', { yanked: true })]));
  expect(await queueOf(database.pool, 'taken-back')).toEqual([]);
  await hear('taken-back', listed([sdist('taken-back')]));
  expect(await queueOf(database.pool, 'taken-back')).toHaveLength(1);
});

test('a version that upstream deletes loses jobs and files, attempts at it are to be cancelled, and all of it comes back with it', async () => {
  const other = listedFile('deleted-2.0.tar.gz');
  await makePackage(database.pool, 'deleted', ['1.0'], { asked: true, releasedMs: Date.UTC(2021, 0, 1) });
  await inTransaction(database.pool, (tx) => prioritise(tx, cells('deleted'), 'front', 'ann'));
  await hear('deleted', listed([sdist('deleted'), other]));
  const slave = await makeSlave(database.pool, 'rock-1');
  const first = (await takeOne(database.pool, slave, [targets[0]!]))!;
  const files = [aFile('deleted-1.0-cp311-cp311-linux_x86_64.whl')];
  await endOne(database.pool, first.attempt, { outcome: 'success', files });
  const second = (await takeOne(database.pool, slave, [targets[1]!]))!;
  const isListed = async () =>
    (await packageMatrix(database.pool, aName('deleted')))!.versions[0]!.cells[0]!.file !== null;
  expect(await isListed()).toBe(true);
  expect(await hear('deleted', listed([other]))).toMatchObject({ cancel: [second.attempt] });
  expect(await isListed()).toBe(false);
  await endOne(database.pool, second.attempt, { outcome: 'cancelled' });
  expect(await queueOf(database.pool, 'deleted')).toEqual([]);
  await hear('deleted', listed([sdist('deleted'), other]));
  expect(await isListed()).toBe(true);
  expect(await queueOf(database.pool, 'deleted')).toEqual(['deleted 1.0 cp312 ready']);
});

test('what the farm has from elsewhere is not deleted because upstream lacks it', async () => {
  await makePackage(database.pool, 'ours-alone');
  await hear('ours-alone', missing);
  expect(await queueOf(database.pool, 'ours-alone')).toEqual(['ours-alone 1.0 cp311 ready']);
  await hear('ours-alone', listed([listedFile('ours-alone-2.0.tar.gz')]));
  await hear('ours-alone', listed([listedFile('ours-alone-3.0.tar.gz')]));
  expect(await queueOf(database.pool, 'ours-alone')).toEqual(['ours-alone 1.0 cp311 ready']);
});

test('that everything of a package is gone is believed when upstream says so an hour later, too', async () => {
  await makePackage(database.pool, 'vanished');
  await hear('vanished', listed([sdist('vanished')]));
  expect(await hear('vanished', missing)).toMatchObject({ isNews: false });
  expect(await listingOf('vanished')).toMatchObject({ files: [{}] });
  await hear('vanished', unchanged);
  await hear('vanished', listed([]));
  expect(await queueOf(database.pool, 'vanished')).toHaveLength(1);
  expect(await hear('vanished', missing)).toMatchObject({ isNews: false });
  await letAnHourPass();
  await makePackage(database.pool, 'still-there');
  await hear('still-there', listed([sdist('still-there')]));
  expect(await hear('vanished', missing)).toMatchObject({ isNews: true });
  expect(await queueOf(database.pool, 'vanished')).toEqual([]);
  expect(await listingOf('vanished')).toBeUndefined();
});

test('an index that has nothing of any package any more is not believed, until it lists one of them again', async () => {
  for (const name of ['all-gone', 'gone-too']) {
    await makePackage(database.pool, name);
    await hear(name, listed([sdist(name)]));
  }
  await hear('all-gone', missing);
  await letAnHourPass();
  await database.pool.query(`update upstream_pages set missed_at = coalesce(missed_at, now()) where package_id <> $1`, [
    await idOf('all-gone'),
  ]);
  await expect(hear('all-gone', missing)).rejects.toThrow('nothing of all-gone any more, nor of any other package');
  expect(await queueOf(database.pool, 'all-gone')).toHaveLength(1);
  await hear('gone-too', listed([sdist('gone-too')]));
  expect(await hear('all-gone', missing)).toMatchObject({ isNews: true });
});

test('a package in quarantine is gone at once, and with it whatever is built of it', async () => {
  await makePackage(database.pool, 'caught', ['1.0'], { asked: true });
  await hear('caught', listed([sdist('caught')]));
  await inTransaction(database.pool, (tx) => prioritise(tx, cells('caught'), 'front', 'ann'));
  const taken = (await takeOne(database.pool, await makeSlave(database.pool, 'rock-9'), [targets[0]!]))!;
  const listing = { files: [], versions: [], status: 'quarantined', statusReason: null } as const;
  const told: UpstreamAnswer = { type: 'listed', listing, etag: null, lastModified: null };
  expect(await hear('caught', told)).toMatchObject({ isNews: true, cancel: [taken.attempt] });
  await endOne(database.pool, taken.attempt, { outcome: 'cancelled' });
  expect(await queueOf(database.pool, 'caught')).toEqual([]);
  await hear('caught', listed([sdist('caught')]));
  expect(await queueOf(database.pool, 'caught')).toHaveLength(1);
});

test('a package that upstream puts into quarantine is shown so', async () => {
  await makePackage(database.pool, 'malicious');
  const told = { status: 'quarantined', statusReason: 'it steals keys' } as const;
  const listing = { files: [sdist('malicious')], versions: ['1.0'], ...told };
  await hear('malicious', { type: 'listed', listing, etag: null, lastModified: null });
  expect(await listingOf('malicious')).toMatchObject(listing);
});

test('upstream is asked for a package at once, then now and then, sooner when its page is written, later when it fails', async () => {
  const { pool } = database;
  await makePackage(pool, 'timed');
  const isDue = async () => (await dueUpstreamPages(pool, 1000)).some((one) => one.package === 'timed');
  expect(await isDue()).toBe(true);
  await hear('timed', listed([sdist('timed')]));
  expect(await isDue()).toBe(false);
  await hastenUpstreamPages(pool, [aName('timed')], 600_000);
  expect(await isDue()).toBe(false);
  await pool.query(`update upstream_pages set heard_at = now() - interval '11 minutes'`);
  await hastenUpstreamPages(pool, [aName('timed')], 600_000);
  expect(await isDue()).toBe(true);
  expect(await isUpstreamFailing(pool)).toBe(false);
  await hear('timed', unchanged);
  expect(await isDue()).toBe(false);
  await askUpstreamNow(pool, await idOf('timed'));
  expect(await isDue()).toBe(true);
  await recordUpstreamFailure(pool, await idOf('timed'), 'Connection refused', { retryMs: 60_000, mostMs: 3_600_000 });
  await hastenUpstreamPages(pool, [aName('timed')], 600_000);
  expect([await isDue(), await isUpstreamFailing(pool)]).toEqual([false, true]);
  await hear('timed', unchanged);
  expect(await isUpstreamFailing(pool)).toBe(false);
});

test('a farm that ignores upstream again builds everything, and merges as before when it is told to', async () => {
  await makePackage(database.pool, 'moody');
  await hear('moody', listed([pure('moody')]));
  await inTransaction(database.pool, (tx) => setUpstream(tx, 'ignore'));
  expect(await queueOf(database.pool, 'moody')).toEqual(['moody 1.0 cp311 ready']);
  expect(await listingOf('moody')).toBeUndefined();
  await inTransaction(database.pool, (tx) => setUpstream(tx, 'merge'));
  expect(await queueOf(database.pool, 'moody')).toEqual([]);
});

test.each(['a package that is named', 'a reason'])(
  'a failure that is tried again by %s, and that upstream serves by now',
  async (by) => {
    const name = by === 'a reason' ? 'theirs' : 'oursnow';
    const releasedMs = Date.UTC(by === 'a reason' ? 2023 : 2022, 0, 1); // the newest comes first
    await makePackage(database.pool, name, ['1.0'], { releasedMs });
    await hear(name, listed([sdist(name)]));
    await inTransaction(database.pool, (tx) => prioritise(tx, cells(name), 'front', 'ann'));
    const taken = (await takeOne(database.pool, await makeSlave(database.pool, name), [targets[0]!]))!;
    await endOne(database.pool, taken.attempt, {
      reason: { kind: 'missing-header', subject: name, text: 'it is missing' },
    });
    await hear(name, listed([sdist(name), pure(name)]));
    expect(await queueOf(database.pool, name)).toEqual([]);
    const any = { package: null, version: null, target: null, outcome: null, reason: null, subject: null };
    const filter = by === 'a reason' ? { ...any, subject: name } : { ...any, package: aName(name) };
    const { cells: again, served } = await inTransaction(database.pool, (tx) => retry(tx, filter, 'ann'));
    expect([again.length, served.length]).toEqual(by === 'a reason' ? [0, 1] : [1, 0]);
    expect(await queueOf(database.pool, name)).toEqual(by === 'a reason' ? [] : [`${name} 1.0 cp311 ready`]);
    expect(await states(name)).toEqual(by === 'a reason' ? ['upstream', 'upstream'] : ['waiting', 'upstream']);
  },
);
