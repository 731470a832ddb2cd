import { makePackage, makeTarget } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { followLog } from '@piw/wire/log-feed';
import { advance, boardOf, placeOf, snapshotOf } from '@piw/wire/status-board';
import { type StatusEvent, statusEvents, statusTopic } from '@piw/wire/status-protocol';
import { subscribe } from '@piw/wire/subscriber';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { offer, RemoteSlave } from '../drive-slaves/testing/remote-slave.ts';
import { vitals } from '../drive-slaves/testing/slave-model.ts';
import { type RunningOffice, startOffice } from '../take-orders/testing/running-office.ts';

const database = useDatabase();
const closing: (() => Promise<void> | void)[] = [];

beforeAll(() => makeTarget(database.pool, offer.abi));
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await database.pool.query('delete from packages');
});

async function begin(): Promise<RunningOffice> {
  const office = await startOffice(database.pool);
  closing.push(() => office.stop());
  return office;
}

function dialIn({ driver }: RunningOffice, label = 'rock-1'): RemoteSlave {
  const slave = new RemoteSlave(driver.address, label);
  closing.push(() => slave.close());
  return slave;
}

/** Everything that a subscriber hears, in order. */
function listen({ statusAddress }: RunningOffice): StatusEvent[] {
  const heard: StatusEvent[] = [];
  const events = subscribe({ address: statusAddress, topic: statusTopic, hears: statusEvents });
  const stop = new AbortController();
  closing.push(() => {
    stop.abort();
    events.close();
  });
  void (async () => {
    while (!stop.signal.aborted) heard.push(...(await events.take(1000, stop.signal)));
  })();
  return heard;
}

const until = <T>(what: () => T | Promise<T>) => vi.waitFor(what, { timeout: 4000, interval: 10 });

test('a client that took a snapshot and hears what follows knows the farm as the master does', async () => {
  const office = await begin();
  const heard = listen(office);
  await until(() => {
    office.premises.bulletin.emit('gone', 999);
    expect(heard.length).toBeGreaterThan(0);
  });
  const first = boardOf(await office.control.ask('SNAPSHOT', {}));
  await makePackage(database.pool, 'numpy', ['1.0'], { asked: true });
  const slave = dialIn(office);
  await until(() => expect(slave.given).toHaveLength(1));
  slave.model.beat();
  const jobStates = () => heard.flatMap(({ type, body }) => (type === 'JOB' ? [body.job.state] : []));
  await until(() => expect(jobStates()).toContain('building'));
  slave.model.finish();
  await until(() => expect(jobStates()).toContain('gone'));
  await until(async () => {
    const snapshot = await office.control.ask('SNAPSHOT', {});
    const board = heard.reduce((known, event) => {
      expect(placeOf(known, event)).not.toBe('gap');
      return event.body.n <= snapshot.n ? advance(known, event) : known;
    }, first);
    expect(snapshotOf(board)).toEqual(snapshot);
  });
  expect(heard.map(({ type }) => type)).toEqual(expect.arrayContaining(['SLAVE', 'BUILD', 'JOB', 'FARM', 'VITALS']));
});

test('the targets of the farm tell how much of the queue is their own', async () => {
  await makePackage(database.pool, 'pandas', ['1.0', '2.0']);
  const office = await begin();
  const { farm } = await office.control.ask('SNAPSHOT', {});
  expect(farm.targets).toMatchObject([{ target: 'cp311-linux_x86_64', waiting: 2, building: 0 }]);
  const slave = dialIn(office);
  await until(() => expect(slave.given).toHaveLength(1));
  await until(() => {
    const { targets } = office.accountant.snapshot().farm;
    expect(targets).toMatchObject([{ waiting: 1, building: 1 }]);
  });
});

test('whoever follows a log has its slave send more often, and reads it to its end', async () => {
  await makePackage(database.pool, 'scipy');
  const office = await begin();
  const slave = dialIn(office);
  await until(() => expect(slave.given).toHaveLength(1));
  const [attempt = 0] = slave.given;
  slave.says({ type: 'LOG', body: { attempt, offset: 0, bytes: Buffer.from('one ') } });
  await until(() => expect(office.logs.length(attempt)).toBe(4));

  const { statusAddress, control } = office;
  const texts: string[] = [];
  const reading = (async () => {
    for await (const { bytes } of followLog({ statusAddress, control, attempt }, AbortSignal.timeout(8000)))
      texts.push(Buffer.from(bytes).toString());
  })();
  await until(() => expect(slave.heard.some(({ type, body }) => type === 'HEARD' && body.watched)).toBe(true));
  slave.says({ type: 'LOG', body: { attempt, offset: 4, bytes: Buffer.from('two') } });
  await until(() => expect(texts.join('')).toBe('one two'));
  slave.model.finish();
  await reading;
  expect(texts.join('')).toBe('one two');
});

test('a build of a slave that never came back is told as ended all the same', async () => {
  await makePackage(database.pool, 'lost-one');
  const before = await begin();
  const slave = dialIn(before);
  await until(() => expect(slave.given).toHaveLength(1));
  for (const close of closing.splice(0).reverse()) await close();

  const office = await begin();
  expect(office.accountant.snapshot().builds[0]).toMatchObject({ package: 'lost-one', outcome: null });
  await office.control.ask('WITHDRAW', { package: 'lost-one', version: null, target: null });
  await until(() => {
    expect(office.accountant.snapshot().builds[0]).toMatchObject({ outcome: 'cancelled' });
  });
});

test('signs of life of many beats come in few frames, the latest of each slave', async () => {
  const office = await begin();
  const heard = listen(office);
  const slave = dialIn(office);
  await until(() => expect(slave.model.welcomed).toBe(true));
  const beats = 50;
  for (let load = 1; load <= beats; load++)
    slave.says({ type: 'ALIVE', body: { vitals: { ...vitals, load }, attempt: null, step: null, phase: 'idle' } });
  const loads = () =>
    heard.flatMap(({ type, body }) => (type === 'VITALS' ? body.slaves : [])).map((one) => one.vitals.load);
  await until(() => expect(loads().at(-1)).toBe(beats));
  expect(loads().length).toBeLessThan(10);
});
