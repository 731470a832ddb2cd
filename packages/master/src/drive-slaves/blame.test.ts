import { makePackage, makeTarget } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import type { Reason } from '@piw/wheel/outcome';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Periods } from '../options.ts';
import { offer, RemoteSlave } from './testing/remote-slave.ts';
import { type RunningDriver, startDriver } from './testing/running-driver.ts';

const database = useDatabase();
const closing: (() => Promise<void> | void)[] = [];
let made = 0;

beforeAll(() => makeTarget(database.pool, offer.abi));
beforeEach(() => makePackage(database.pool, `thing-${(made += 1)}`, ['1.0', '2.0', '3.0']));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await database.pool.query(`
    delete from packages;
    delete from strikes;
    update farm set fault = null;
    update slaves set last_seen_at = now() - interval '1 hour'`);
});

async function begin(periods: Partial<Periods> = {}): Promise<RunningDriver> {
  const running = await startDriver(database.pool, { periods });
  closing.push(() => running.stop());
  return running;
}

function dialIn({ driver }: RunningDriver, label: string): RemoteSlave {
  const slave = new RemoteSlave(driver.address, `${label}-${made}`);
  closing.push(() => slave.close());
  return slave;
}

type End = Parameters<RemoteSlave['model']['finish']>[0];
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 5 });
const reason: Reason = { kind: 'index-unreachable', subject: null, text: 'the index does not answer' };
const transient: End = { outcome: 'transient', reason, files: [] };
const fails: End = { outcome: 'failure', reason: { ...reason, kind: 'compiler-error' }, files: [] };

/** Waits until a slave was given its nth build, and ends it. */
async function ends(slave: RemoteSlave, builds: number, end?: End) {
  await until(() => expect(slave.given).toHaveLength(builds));
  slave.model.finish(end);
}
const stateOf = ({ driver }: RunningDriver, label: string) =>
  driver.pictures().find((picture) => picture.label === `${label}-${made}`);

test('a slave in quarantine gets no work and is shown with why, until an operator lifts it', async () => {
  await makePackage(database.pool, `more-${made}`, ['1.0', '2.0', '3.0']);
  const running = await begin();
  const bad = dialIn(running, 'bad');
  await ends(bad, 1, transient);
  await until(() => expect(running.ended).toHaveLength(1));
  await database.pool.query(`
    insert into strikes (slave_id, in_a_row, since) select slave_id, 2, now() - interval '1 minute' from slaves
    on conflict (slave_id) do update set in_a_row = 2, since = excluded.since`);
  const good = dialIn(running, 'good');
  await ends(good, 1);
  await until(() => expect(running.ended).toHaveLength(2));
  await ends(bad, 2, transient);
  await until(() => expect(stateOf(running, 'bad')).toMatchObject({ state: 'quarantined' }));
  expect(stateOf(running, 'bad')!.why).toContain('the index does not answer');
  expect(bad.given).toHaveLength(2);
  running.driver.lift([stateOf(running, 'bad')!.slave]);
  await until(() => expect(bad.given).toHaveLength(3));
});

test('a quarantine that is over ends by itself', async () => {
  const running = await begin();
  const slave = dialIn(running, 'rock');
  await until(() => expect(slave.given).toHaveLength(1));
  const { slave: slaveId } = stateOf(running, 'rock')!;
  const sinceMs = Date.now();
  const quarantine = { sinceMs, untilMs: sinceMs + 400, why: 'three in a row' };
  running.premises.bulletin.emit('blame', { slaves: [{ slaveId, quarantine }], fault: undefined });
  slave.model.finish();
  await until(() => expect(stateOf(running, 'rock')).toMatchObject({ state: 'quarantined' }));
  await until(() => expect(slave.given).toHaveLength(2));
  expect(Date.now()).toBeGreaterThanOrEqual(quarantine.untilMs);
});

test('while the world is at fault one build at a time probes it, and when one runs all go on', async () => {
  const running = await begin({ probeMs: 1000 });
  const slaves = ['a', 'b', 'c'].map((label) => dialIn(running, label));
  await until(() => expect(slaves.map(({ given }) => given.length)).toEqual([1, 1, 1]));
  for (const slave of slaves) slave.model.finish(transient);
  await until(() => expect(running.ended).toHaveLength(3));
  await makePackage(database.pool, 'more', ['1.0', '2.0', '3.0']);
  running.premises.bulletin.emit('queue', [1]);
  const probing = () => slaves.filter(({ given }) => given.length === 2);
  await vi.waitFor(() => expect(probing()).toHaveLength(1), { timeout: 9000, interval: 5 });
  expect(running.driver.waiting()).toEqual([]);
  probing()[0]!.model.finish(fails);
  await until(() => expect(slaves.reduce((sum, { given }) => sum + given.length, 0)).toBeGreaterThanOrEqual(6));
});
