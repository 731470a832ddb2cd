import { makePackage } from '@piw/db/testing/small-farm';
import type { ControlError } from '@piw/wire/control-error';
import type { ToSlave } from '@piw/wire/slave-protocol';
import { expect, test } from 'vitest';
import type { RemoteSlave } from '../drive-slaves/testing/remote-slave.ts';
import { until, untilBuilding, useOffices } from './testing/office-with-slaves.ts';
import type { RunningOffice } from './testing/running-office.ts';

const { database, begin, close } = useOffices();

const heard = (slave: RemoteSlave, type: ToSlave['type']) => slave.heard.filter((message) => message.type === type);
const stateOf = ({ accountant }: RunningOffice, label: string) =>
  accountant.snapshot().slaves.find((slave) => slave.label === label)?.state;
const journal = async ({ control }: RunningOffice) => {
  const { entries } = await control.ask('JOURNAL', { limit: 100, before: null });
  return entries.map(({ who, order, subject }) => `${who} ${order} ${subject}`);
};

/** The journal is never emptied: what it has gained. */
async function journalAfter(office: RunningOffice, act: () => Promise<unknown>): Promise<string[]> {
  const before = (await journal(office)).length;
  await act();
  const after = await journal(office);
  return after.slice(0, after.length - before);
}

test('a paused slave gets no work, through a restart of the master too, until it is resumed', async () => {
  const first = await begin(['rock-1']);
  const gained = await journalAfter(first, () => first.control.ask('PAUSE', { slaves: ['rock-1'], why: 'new disk' }));
  expect(gained).toEqual(['ada@desk PAUSE rock-1']);
  await until(() => expect(stateOf(first, 'rock-1')).toBe('paused'));
  await close();

  const office = await begin(['rock-1'], { epoch: 2 });
  await makePackage(database.pool, 'numpy');
  await until(() => expect(stateOf(office, 'rock-1')).toBe('paused'));
  office.premises.bulletin.emit('queue', [1]);
  const { done } = await office.control.ask('RESUME', { slaves: ['rock-1'] });
  expect(done).toEqual([{ subject: 'rock-1', text: 'It gets work again.' }]);
  await untilBuilding(...office.slaves);
  expect(await office.control.ask('RESUME', { slaves: ['rock-1'] })).toEqual({
    done: [],
    refused: [{ subject: 'rock-1', text: 'It is not paused.' }],
  });
});

test('a paused farm gives work to nobody, those that come included, and tells why', async () => {
  const office = await begin(['rock-1']);
  const { done } = await office.control.ask('PAUSE', { slaves: 'all', why: 'moving house' });
  expect(done).toEqual([{ subject: 'all', text: 'No slave gets further work: moving house.' }]);
  await until(() =>
    expect(office.accountant.snapshot().farm.paused).toMatchObject({ by: 'ada@desk', why: 'moving house' }),
  );
  await makePackage(database.pool, 'numpy');
  office.premises.bulletin.emit('queue', [1]);
  expect(await office.control.ask('RESUME', { slaves: ['rock-1'] })).toMatchObject({
    refused: [{ text: 'The whole farm is paused: resume them all.' }],
  });
  expect(office.slaves[0]?.given).toEqual([]);
  await office.control.ask('RESUME', { slaves: 'all' });
  await untilBuilding(...office.slaves);
});

test('a halted slave stops its build, and the job goes to another', async () => {
  await makePackage(database.pool, 'numpy');
  const office = await begin(['rock-1']);
  await untilBuilding(...office.slaves);
  const { done } = await office.control.ask('HALT', { slaves: ['rock-1'], why: 'too hot' });
  expect(done[0]?.text).toBe(
    'It gets no further work: too hot. Its build of numpy 1.0 for cp311-linux_x86_64 is cancelled, and the job returns to the queue.',
  );
  await until(() => expect(office.ended).toMatchObject([{ outcome: 'cancelled', reason: { kind: 'killed' } }]));
  const { versions } = await office.control.ask('PACKAGE', { package: 'numpy' });
  expect(versions[0]?.cells).toMatchObject([{ state: 'waiting' }]);
});

test('halting all cancels whatever is built', async () => {
  await makePackage(database.pool, 'numpy', ['1.0', '2.0']);
  const office = await begin(['rock-1', 'rock-2']);
  await untilBuilding(...office.slaves);
  const { done } = await office.control.ask('HALT', { slaves: 'all', why: null });
  expect(done.map(({ subject }) => subject).toSorted()).toEqual(['all', 'rock-1', 'rock-2']);
  await until(() => expect(office.ended.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']));
  expect(office.slaves.flatMap(({ given }) => given)).toHaveLength(2);
});

test('a drained slave finishes what it builds and then stops; one that restarts comes again', async () => {
  await makePackage(database.pool, 'numpy', ['1.0', '2.0']);
  const office = await begin(['rock-1']);
  const [slave] = office.slaves as [RemoteSlave];
  await untilBuilding(slave);
  const { done } = await office.control.ask('DRAIN', { slaves: ['rock-1'] });
  expect(done[0]?.text).toMatch(/^It finishes numpy \S+ for cp311-linux_x86_64, then it stops\.$/);
  await until(() => expect(heard(slave, 'DIE')[0]?.body).toEqual({ when: 'idle', restart: false }));
  expect(stateOf(office, 'rock-1')).toBe('draining');
  slave.model.finish();
  await until(() => expect(office.ended).toHaveLength(1));
  expect(slave.given).toHaveLength(1);
  const restarted = await office.control.ask('RESTART', { slaves: 'all' });
  expect(restarted.done).toEqual([{ subject: 'rock-1', text: 'It restarts.' }]);
  await until(() => expect(heard(slave, 'DIE').at(-1)?.body).toEqual({ when: 'idle', restart: true }));
});

test('a killed slave drops its build, which returns uncounted, and stops now', async () => {
  await makePackage(database.pool, 'numpy');
  const office = await begin(['rock-1']);
  const [slave] = office.slaves as [RemoteSlave];
  await untilBuilding(slave);
  const gained = await journalAfter(office, () => office.control.ask('KILL', { slaves: ['rock-1'], why: null }));
  expect(gained).toEqual(['ada@desk KILL rock-1']);
  await until(() => expect(heard(slave, 'DIE')[0]?.body).toEqual({ when: 'now', restart: false }));
  await until(() =>
    expect(office.ended).toMatchObject([{ outcome: 'cancelled', reason: { text: 'killed by ada@desk' } }]),
  );
});

test('a slave that is gone is called back by its label; other orders are refused', async () => {
  const office = await begin(['rock-1']);
  await until(() => expect(stateOf(office, 'rock-1')).toBe('idle'));
  office.slaves[0]!.says({ type: 'BYE', body: {} });
  await until(() => expect(stateOf(office, 'rock-1')).toBe('gone'));
  const { refused } = await office.control.ask('DRAIN', { slaves: ['rock-1'] });
  expect(refused).toEqual([{ subject: 'rock-1', text: 'rock-1 is gone.' }]);
  expect((await office.control.ask('RESTART', { slaves: 'all' })).done).toEqual([]);
  const { done } = await office.control.ask('RESTART', { slaves: ['rock-1'] });
  expect(done[0]?.text).toMatch(/^It is gone, and called back: piw-farm starts its own again/);
  await until(() => expect(office.accountant.snapshot().slaves[0]?.recalled).toBe(true));
});

test('skipping what a slave builds settles that cell until it is unskipped', async () => {
  await makePackage(database.pool, 'numpy');
  const office = await begin(['rock-1', 'rock-2']);
  await until(() => expect(office.slaves.flatMap(({ given }) => given)).toHaveLength(1));
  const { done, refused } = await office.control.ask('SKIP', {
    what: { slaves: ['rock-1', 'rock-2'] },
    why: 'eats the disk',
  });
  expect(done.map(({ text }) => text)).toEqual(['numpy 1.0 for cp311-linux_x86_64 is skipped: eats the disk.']);
  expect(refused.map(({ text }) => text)).toEqual(['It builds nothing.']);
  await until(() => expect(office.ended).toMatchObject([{ outcome: 'skipped' }]));
  const cellNow = async () => (await office.control.ask('PACKAGE', { package: 'numpy' })).versions[0]?.cells[0];
  expect(await cellNow()).toMatchObject({ state: 'skipped', text: 'eats the disk' });
});

test('an order to nobody says who was meant, and is not in the journal', async () => {
  const office = await begin(['rock-1']);
  const gained = await journalAfter(office, () =>
    expect(office.control.ask('DRAIN', { slaves: ['rok-1'] })).rejects.toMatchObject({
      kind: 'refused',
      message: 'There is no slave rok-1. Is it rock-1?',
      remedy: '"piw-control slaves" lists them.',
    } satisfies Partial<ControlError>),
  );
  expect(gained).toEqual([]);
});

test('the master stops when it is told to, having said so', async () => {
  const office = await begin();
  const { done } = await office.control.ask('STOP', {});
  expect(done).toEqual([{ subject: 'master', text: 'It stops; slaves of other machines go on and wait for it.' }]);
  expect(office.stopped).toEqual(['ada@desk ordered it']);
});
