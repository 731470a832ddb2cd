import { listSlaves } from '@piw/db/slaves';
import { takeJobs } from '@piw/db/take-jobs';
import { makePackage, makeTarget, queueOf } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { offer, RemoteSlave } from './testing/remote-slave.ts';
import { type RunningDriver, startDriver } from './testing/running-driver.ts';
import { vitals } from './testing/slave-model.ts';

const database = useDatabase();
const closing: (() => Promise<void> | void)[] = [];

beforeAll(() => makeTarget(database.pool, offer.abi));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await database.pool.query('delete from packages');
});

async function begin(how?: Parameters<typeof startDriver>[1]): Promise<RunningDriver> {
  const running = await startDriver(database.pool, how);
  closing.push(() => running.stop());
  return running;
}

function dialIn({ driver }: RunningDriver, label = 'rock-1', targets = [offer]): RemoteSlave {
  const slave = new RemoteSlave(driver.address, label, targets);
  closing.push(() => slave.close());
  return slave;
}

/** Waits until something is so, as long as tests may. */
const until = <T>(what: () => T | Promise<T>) => vi.waitFor(what, { timeout: 4000, interval: 5 });
const untilGiven = (slave: RemoteSlave, builds = 1) => until(() => expect(slave.given).toHaveLength(builds));
const stateOf = ({ driver }: RunningDriver, label: string) =>
  driver.pictures().find((picture) => picture.label === label)?.state;

test('a slave that comes is given what waits, and when it is done the next', async () => {
  const running = await begin();
  await makePackage(database.pool, 'numpy', ['1.0', '2.0']);
  const slave = dialIn(running);
  await untilGiven(slave);
  slave.model.finish();
  await untilGiven(slave, 2);
  slave.model.finish();
  await until(() => expect(running.ended).toHaveLength(2));
  expect(running.ended).toMatchObject([
    { package: 'numpy', outcome: 'success', slave: 'rock-1' },
    { package: 'numpy', outcome: 'success' },
  ]);
  expect(await queueOf(database.pool)).toEqual([]);
});

test('work that comes while a slave waits is given to it at once', async () => {
  const running = await begin();
  const slave = dialIn(running);
  await until(() => expect(running.driver.waiting()).toHaveLength(1));
  await makePackage(database.pool, 'late');
  running.premises.bulletin.emit('queue', [1]);
  await untilGiven(slave);
  expect(stateOf(running, 'rock-1')).toBe('building');
});

test('a restart of the master loses nothing: the slave goes on, and its build ends once', async () => {
  const address = `ipc://${newFolder()}/slaves`;
  const first = await startDriver(database.pool, { address });
  await makePackage(database.pool, 'long');
  const slave = dialIn(first);
  await untilGiven(slave);
  await first.stop();
  const second = await until(() => begin({ epoch: 2, address }));
  const beats = setInterval(() => slave.model.beat(), 50);
  closing.push(() => clearInterval(beats));
  await until(() => expect(stateOf(second, 'rock-1')).toBe('building'));
  slave.model.finish();
  await until(() => expect(second.ended).toMatchObject([{ outcome: 'success', attempt: slave.given[0] }]));
});

test('a slave that falls silent has lost its build, and may take it up again until another has it', async () => {
  const running = await begin({ periods: { leaseMs: 400 } });
  await makePackage(database.pool, 'lost');
  const [silent, other] = [dialIn(running), dialIn(running, 'rock-2', [])];
  const beats = setInterval(() => other.model.beat(), 50);
  closing.push(() => clearInterval(beats));
  await untilGiven(silent);
  await until(() => expect(running.ended).toMatchObject([{ outcome: 'lost' }]));
  expect(stateOf(running, 'rock-1')).toBe('lost');
  silent.model.beat();
  await until(() => expect(stateOf(running, 'rock-1')).toBe('building'));
  expect(running.began).toMatchObject([{ outcome: null }, { outcome: null, attempt: silent.given[0] }]);
  silent.model.finish();
  await until(() => expect(running.ended.at(-1)).toMatchObject({ outcome: 'success', attempt: silent.given[0] }));
});

test('a master that hears nobody declares nobody lost: leases move with the time', async () => {
  const leaseMs = 200;
  const running = await begin({ periods: { leaseMs } });
  await makePackage(database.pool, 'deaf');
  await untilGiven(dialIn(running));
  const expiry = 'select (extract(epoch from max(expires_at)) * 1000)::float8 as ms from leases';
  const expiryMs = async () => (await database.pool.query<{ ms: number }>(expiry)).rows[0]!.ms;
  const firstMs = await expiryMs();
  await until(async () => expect(await expiryMs()).toBeGreaterThan(firstMs + 2 * leaseMs));
  expect(running.ended).toEqual([]);
});

test('a slave that says BYE frees its build, uncounted', async () => {
  const running = await begin();
  await makePackage(database.pool, 'left');
  const slave = dialIn(running, 'rock-1');
  await untilGiven(slave);
  slave.says({ type: 'BYE', body: {} });
  await until(() => expect(running.ended).toMatchObject([{ outcome: 'cancelled', reason: { kind: 'slave-left' } }]));
  expect(await queueOf(database.pool)).toEqual(['left 1.0 cp311 ready']);
});

test('a killed build is cancelled, and its job waits again', async () => {
  const running = await begin();
  await makePackage(database.pool, 'killed');
  const slave = dialIn(running);
  await untilGiven(slave);
  const [picture] = running.driver.pictures();
  running.driver.pause([picture!.slave], { by: 'ann', sinceMs: 0, why: 'tests' });
  expect(running.driver.cancel(slave.given[0]!, 'killed', 'ann wants it')).toBe(true);
  await until(() => expect(running.ended).toMatchObject([{ outcome: 'cancelled', reason: { text: 'ann wants it' } }]));
  expect(await queueOf(database.pool)).toEqual(['killed 1.0 cp311 ready']);
  expect(running.driver.cancel(slave.given[0]!, 'killed', 'again')).toBe(false);
});

test('a job that is taken while the farm is being paused goes back, and nobody was given it', async () => {
  const running = await begin();
  const slave = dialIn(running);
  await until(() => expect(running.driver.waiting()).toHaveLength(1));
  const [waiting] = running.driver.waiting();
  running.driver.pause('all', { by: 'ann', sinceMs: 0, why: 'fire' });
  await makePackage(database.pool, 'late');
  running.driver.give(await takeJobs(database.pool, [waiting!], { leaseMs: 60_000 }));
  await until(async () => expect(await queueOf(database.pool)).toEqual(['late 1.0 cp311 ready']));
  expect(slave.given).toEqual([]);
});

test('when a slave was last heard is noted now and then', async () => {
  const running = await begin({ periods: { seenMs: 50 } });
  const slave = dialIn(running, 'rock-seen');
  await until(() => expect(slave.model.welcomed).toBe(true));
  const longAgo = `update slaves set last_seen_at = '2020-01-01' where label = 'rock-seen'`;
  await database.pool.query(longAgo);
  slave.model.beat();
  const seen = async () => (await listSlaves(database.pool, Date.UTC(2021, 0))).map(({ label }) => label);
  await until(async () => expect(await seen()).toContain('rock-seen'));
});

test('nobody is given work while the farm is paused', async () => {
  const running = await begin();
  running.driver.pause('all', { by: 'ann', sinceMs: 0, why: 'moving house' });
  await makePackage(database.pool, 'paused');
  const slave = dialIn(running);
  await until(() => expect(slave.model.welcomed).toBe(true));
  expect(stateOf(running, 'rock-1')).toBe('paused');
  slave.model.beat();
  const reasons = () => slave.heard.map(({ type, body }) => (type === 'HEARD' ? body.paused?.why : null));
  await until(() => expect(reasons()).toContain('moving house'));
  expect(slave.given).toEqual([]);
  running.driver.resume('all');
  await untilGiven(slave);
});

test('nobody is given work while the disk has no room, and all goes on by itself', async () => {
  const running = await begin();
  await running.premises.disk.becomes(0);
  await makePackage(database.pool, 'roomy');
  const slave = dialIn(running);
  await until(() => expect(slave.model.welcomed).toBe(true));
  const [picture] = running.driver.pictures();
  expect([picture?.state, picture?.why]).toEqual(['paused', expect.stringContaining('has less than 1 GiB left')]);
  expect([running.driver.waiting(), slave.given]).toEqual([[], []]);
  await running.premises.disk.becomes(2 ** 40);
  await untilGiven(slave);
  expect(stateOf(running, 'rock-1')).toBe('building');
});

test('a log arrives as it is written, and is acknowledged', async () => {
  const running = await begin();
  await makePackage(database.pool, 'logged');
  const slave = dialIn(running);
  await untilGiven(slave);
  const attempt = slave.given[0]!;
  const growth: unknown[] = [];
  running.premises.bulletin.on('log', (grown) => growth.push({ ...grown, bytes: Buffer.from(grown.bytes).toString() }));
  slave.says({ type: 'LOG', body: { attempt, offset: 0, bytes: Buffer.from('gcc') } });
  slave.says({ type: 'LOG', body: { attempt, offset: 0, bytes: Buffer.from('gcc -O2') } });
  await until(() => expect(slave.heard.at(-1)).toMatchObject({ type: 'HEARD', body: { attempt, logOffset: 7 } }));
  expect(growth).toEqual([
    { attempt, offset: 0, bytes: 'gcc', ended: false },
    { attempt, offset: 3, bytes: ' -O2', ended: false },
  ]);
  running.driver.watch(attempt, true);
  await until(() => expect(slave.heard.at(-1)).toMatchObject({ type: 'HEARD', body: { watched: true } }));
});

test('a label of another owner is refused', async () => {
  const running = await begin();
  dialIn(running, 'rock-1');
  await until(() => expect(stateOf(running, 'rock-1')).toBe('idle'));
  const thief = dialIn(running, 'thief');
  const limits = { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 };
  const mask = {
    n: 1,
    instance: 'x',
    protocols: [1],
    software: '1',
    host: 'den',
    targets: [],
    capabilities: {},
    limits,
  };
  thief.says({ type: 'HELLO', body: { ...mask, owner: 'thief', label: 'rock-1', holds: null, vitals } });
  await until(() => expect(thief.heard.at(-1)).toMatchObject({ type: 'REFUSED' }));
});

test('of two slaves of one owner under one label the later has it; the other is refused until that one is gone', async () => {
  const running = await begin();
  const first = dialIn(running);
  await until(() => expect(first.model.welcomed).toBe(true));
  const second = dialIn(running);
  second.model.crash();
  const refusal = { type: 'REFUSED', body: { reason: 'Another slave has taken over the label rock-1.' } };
  await until(() => {
    first.model.beat();
    expect(first.heard.at(-1)).toMatchObject(refusal);
  });
  second.says({ type: 'BYE', body: {} });
  await until(() => expect(stateOf(running, 'rock-1')).toBe('gone'));
  first.model.hello();
  await until(() => expect(first.model.welcomed).toBe(true));
  expect(stateOf(running, 'rock-1')).toBe('idle');
});

test('a slave that speaks another protocol is refused with what to do', async () => {
  const running = await begin();
  const old = dialIn(running, 'old');
  const limits = { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 };
  const mask = {
    n: 9,
    instance: 'x',
    protocols: [99],
    software: '1',
    host: 'den',
    targets: [],
    capabilities: {},
    limits,
  };
  old.says({ type: 'HELLO', body: { ...mask, owner: 'old', label: 'old', holds: null, vitals } });
  await until(() => expect(old.heard.at(-1)).toMatchObject({ type: 'REFUSED', body: { reason: /update the slave/ } }));
});

test('a target that nobody added gets no work, and is shown with who offers it', async () => {
  const running = await begin();
  const other = { ...offer, abi: 'cp399' };
  dialIn(running, 'rock-1', [other]);
  await until(() => expect(stateOf(running, 'rock-1')).toBe('idle'));
  expect(running.driver.waiting()).toEqual([]);
  expect(running.driver.offers().get('cp399-linux_x86_64')).toEqual({ offer: other, by: ['rock-1'] });
});

test('a farm that accepts targets builds for what its slaves offer', async () => {
  const running = await begin({ acceptTargets: true });
  await makePackage(database.pool, 'anywhere');
  const slave = dialIn(running, 'rock-1', [{ ...offer, abi: 'cp312', platform: 'linux_riscv64' }]);
  await untilGiven(slave);
  expect(await queueOf(database.pool)).toEqual(['anywhere 1.0 cp311 ready', 'anywhere 1.0 cp312 leased']);
});
