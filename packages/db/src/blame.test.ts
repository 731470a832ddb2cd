import type { Outcome, ReasonKind } from '@piw/wheel/outcome';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { knowSlave } from './slaves.ts';
import { liftQuarantine, quarantineOf } from './strikes.ts';
import { endOne, makePackage, makeSlave, makeTarget, queueOf, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { readFault } from './world-fault.ts';

const database = useDatabase();
let target: number;
let made = 0;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
});
beforeEach(async () => {
  const versions = Array.from({ length: 6 }, (_, index) => `${index}.0`);
  await makePackage(database.pool, `thing-${(made += 1)}`, versions);
});
afterEach(() =>
  database.pool.query(`
    delete from packages;
    delete from strikes;
    update farm set fault = null;
    update slaves set last_seen_at = now() - interval '1 hour'`),
);

const newSlaves = (...labels: string[]) =>
  Promise.all(labels.map((label) => makeSlave(database.pool, `${label}-${made}`)));
const newPair = () => newSlaves('bad', 'good') as Promise<[number, number]>;

/** A slave takes whatever is first, and it ends so. */
async function ends(slave: number, outcome: Outcome, kind: ReasonKind = 'disk-full') {
  await database.pool.query(`update jobs set phase = 'ready' where phase = 'delayed'`);
  const { attempt } = (await takeOne(database.pool, slave, [target]))!;
  const reason = outcome === 'success' ? null : { kind, subject: null, text: `it was ${kind}` };
  return endOne(database.pool, attempt, { outcome, reason });
}
const faultNow = async () => (await readFault(database.pool)).fault;

test('a slave that fails three times in a passing way while another succeeds goes into quarantine', async () => {
  const [bad, good] = await newPair();
  await ends(bad, 'transient');
  await ends(good, 'success');
  await ends(bad, 'rejected');
  expect(await quarantineOf(database.pool, bad)).toBeNull();
  const { blame } = await ends(bad, 'transient');
  expect(blame.slaves).toMatchObject([
    { slaveId: bad, quarantine: { why: expect.stringContaining('disk-full') as string } },
  ]);
  const { sinceMs, untilMs } = (await quarantineOf(database.pool, bad))!;
  expect(untilMs - sinceMs).toBe(60_000);
});

test('a slave that has nobody to be compared with is not quarantined', async () => {
  const [only] = (await newSlaves('only')) as [number];
  for (let time = 0; time < 4; time += 1) await ends(only, 'transient');
  expect(await quarantineOf(database.pool, only)).toBeNull();
  expect(await faultNow()).toBeNull();
});

test('the same trouble on three slaves while nothing runs is the world at fault, and nobody is blamed', async () => {
  const slaves = await newSlaves('a', 'b', 'c');
  for (const slave of slaves) await ends(slave, 'transient');
  expect(await faultNow()).toMatchObject({ kind: 'disk-full', text: 'it was disk-full' });
  const { rows } = await database.pool.query('select counts from attempts');
  expect(rows).toEqual([{ counts: false }, { counts: false }, { counts: false }]);
  for (let time = 0; time < 6; time += 1) await ends(slaves[0]!, 'transient');
  const failed = await database.pool.query(`select from attempts where outcome = 'failure'`);
  expect(failed.rowCount).toBe(0);
  expect((await queueOf(database.pool)).length).toBe(6);
});

test('a build that runs ends the fault of the world', async () => {
  const slaves = await newSlaves('a', 'b', 'c');
  for (const slave of slaves) await ends(slave, 'transient', 'index-unreachable');
  const { blame } = await ends(slaves[1]!, 'failure', 'compiler-error');
  expect(blame.fault).toBeNull();
  expect(await faultNow()).toBeNull();
});

test('something that runs in between keeps the blame where it is', async () => {
  const slaves = await newSlaves('a', 'b', 'c');
  await ends(slaves[0]!, 'transient');
  await ends(slaves[1]!, 'transient');
  await ends(slaves[1]!, 'success');
  await ends(slaves[2]!, 'transient');
  expect(await faultNow()).toBeNull();
});

test('on a farm of one slave an index that cannot be reached three times is the world at fault', async () => {
  const [only] = (await newSlaves('only')) as [number];
  await ends(only, 'transient', 'index-unreachable');
  await ends(only, 'transient', 'index-unreachable');
  expect(await faultNow()).toBeNull();
  await ends(only, 'transient', 'index-unreachable');
  expect(await faultNow()).toMatchObject({ kind: 'index-unreachable' });
});

test('a lifted quarantine is forgotten with all that led to it', async () => {
  const [bad, good] = await newPair();
  await ends(bad, 'transient');
  await ends(good, 'success');
  await ends(bad, 'transient');
  await ends(bad, 'transient');
  expect(await liftQuarantine(database.pool, [`bad-${made}`])).toMatchObject([{ slaveId: bad }]);
  expect(await liftQuarantine(database.pool, 'all')).toEqual([]);
  await ends(bad, 'transient');
  expect(await quarantineOf(database.pool, bad)).toBeNull();
});

test('a restarted slave is still in quarantine', async () => {
  const [bad, good] = await newPair();
  await ends(bad, 'transient');
  await ends(good, 'success');
  await ends(bad, 'transient');
  await ends(bad, 'transient');
  await knowSlave(database.pool, { label: `bad-${made}`, owner: `key of bad-${made}`, instance: '2', hello: {} });
  expect(await quarantineOf(database.pool, bad)).not.toBeNull();
});

test('three slaves of one owner do not speak for the slaves of others', async () => {
  const liars = ['x', 'y', 'z'].map((label) => ({ label: `${label}-${made}`, owner: 'key mallory' }));
  await newSlaves('honest');
  for (const liar of liars) {
    const { slaveId } = (await knowSlave(database.pool, { ...liar, instance: '1', hello: {} }))!;
    await ends(slaveId, 'transient', 'index-unreachable');
  }
  expect(await faultNow()).toBeNull();
});

test('on a farm whose slaves are all of one owner three of them are enough', async () => {
  for (const label of ['x', 'y', 'z']) {
    const one = { label: `own-${label}-${made}`, owner: 'key of us', instance: '1', hello: {} };
    await ends((await knowSlave(database.pool, one))!.slaveId, 'transient');
  }
  expect(await faultNow()).toMatchObject({ kind: 'disk-full' });
});
