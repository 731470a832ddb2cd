import { beforeAll, beforeEach, expect, test } from 'vitest';
import { attemptState } from './attempt-state.ts';
import { extendDeadlines, leaseOf, renewLeases } from './leases.ts';
import { reopenAttempt } from './reopen-attempt.ts';
import { slaveLeft } from './slave-left.ts';
import { sweepLeases } from './sweep-leases.ts';
import { endOne, makePackage, makeSlave, makeTarget, queueOf, takeOne } from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';

const database = useDatabase();
let targetId: number;
let slave: number;
let other: number;

beforeAll(async () => {
  targetId = await makeTarget(database.pool, 'cp311');
  [slave, other] = [await makeSlave(database.pool, 'rock-1'), await makeSlave(database.pool, 'rock-2')];
});
beforeEach(async () => {
  await database.pool.query('delete from leases; delete from jobs; update farm set swept_at = now()');
});

const terms = { leaseMs: 60_000, deadlineMs: 3_600_000 };
const take = async (name: string, by = slave) => {
  await makePackage(database.pool, name);
  return (await takeOne(database.pool, by, [targetId]))!.attempt;
};
const sweep = (deaf = false) => inTransaction(database.pool, (tx) => sweepLeases(tx, { leaseMs: 60_000, deaf }));
const expire = () => database.pool.query(`update leases set expires_at = now() - interval '1 second'`);
const reopen = (attempt: number, by = slave) =>
  inTransaction(database.pool, (tx) => reopenAttempt(tx, attempt, by, terms));
const ripen = () => database.pool.query(`update jobs set phase = 'ready', ready_at = now() where phase = 'delayed'`);

test('a lease is renewed while it is there, and never beyond its deadline', async () => {
  const attempt = await take('renewed');
  expect(await renewLeases(database.pool, [attempt, 999_999], 86_400_000)).toEqual([attempt]);
  const held = (await leaseOf(database.pool, slave))!;
  expect(held.expiresMs).toBe(held.deadlineMs);
  await extendDeadlines(database.pool, [attempt], 7_200_000);
  expect((await leaseOf(database.pool, slave))!.deadlineMs).toBeGreaterThan(held.deadlineMs);
});

test('an attempt whose lease ran out is lost, and its job is delayed by a lease', async () => {
  const attempt = await take('vanished');
  await expire();
  const { ended } = await sweep();
  expect(ended).toMatchObject([{ attempt, outcome: 'lost', settles: false, reason: { subject: 'rock-1' } }]);
  expect(await queueOf(database.pool)).toEqual(['vanished 1.0 cp311 delayed']);
});

test('the third loss of a job is a failure', async () => {
  await makePackage(database.pool, 'cursed');
  const outcomes: string[] = [];
  for (const by of [slave, other, slave]) {
    await ripen();
    await takeOne(database.pool, by, [targetId]);
    await expire();
    const [ended] = (await sweep()).ended;
    outcomes.push(ended?.verdict === 'ended' ? ended.outcome : 'fenced');
  }
  expect(outcomes).toEqual(['lost', 'lost', 'failure']);
  expect(await queueOf(database.pool)).toEqual([]);
});

test('a master that hears nobody declares nobody lost', async () => {
  await take('unheard');
  await expire();
  expect((await sweep(true)).ended).toEqual([]);
  expect(await queueOf(database.pool)).toEqual(['unheard 1.0 cp311 leased']);
});

test('a sweep after a long silence moves every lease by the gap', async () => {
  const attempt = await take('slept');
  await database.pool.query(`update farm set swept_at = now() - interval '1 hour'`);
  await expire();
  expect((await sweep()).ended).toEqual([]);
  expect((await leaseOf(database.pool, slave))!.expiresMs).toBeGreaterThan(Date.now() + 3_000_000);
  expect((await sweep()).ended).toEqual([]);
  expect((await attemptState(database.pool, attempt))!.held).toBe(true);
});

test('a sweep after most of a lease without a database or master loses nobody, though all leases have run out', async () => {
  const attempt = await take('nearly');
  await database.pool.query(`update farm set swept_at = now() - interval '58 seconds'`);
  await expire();
  expect((await sweep()).ended).toEqual([]);
  expect((await attemptState(database.pool, attempt))!.held).toBe(true);
});

test('a slave that comes back while its lost job waits goes on with it', async () => {
  const attempt = await take('back');
  await expire();
  await sweep();
  expect(await reopen(attempt, other)).toBe('gone');
  expect(await reopen(attempt)).toBe('reopened');
  expect(await reopen(attempt)).toBe('held');
  expect(await attemptState(database.pool, attempt)).toMatchObject({ held: true, outcome: null });
  expect(await endOne(database.pool, attempt, {})).toMatchObject({ ended: [{ verdict: 'ended' }] });
});

test('a slave that comes back too late may forget its attempt', async () => {
  const attempt = await take('late');
  await expire();
  await sweep();
  await ripen();
  expect(await takeOne(database.pool, other, [targetId])).toMatchObject({ package: 'late' });
  expect(await reopen(attempt)).toBe('gone');
});

test('what a slave names on coming back it keeps, all else of its is freed at once and uncounted', async () => {
  const attempt = await take('kept');
  const reason = { kind: 'slave-left', subject: 'rock-1', text: 'rock-1 left' } as const;
  const leave = (except: number | null) => inTransaction(database.pool, (tx) => slaveLeft(tx, slave, except, reason));
  expect((await leave(attempt)).ended).toEqual([]);
  expect((await leave(null)).ended).toMatchObject([{ attempt, outcome: 'cancelled', settles: false }]);
  expect(await queueOf(database.pool)).toEqual(['kept 1.0 cp311 ready']);
});
