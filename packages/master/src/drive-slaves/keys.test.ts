import { listSlaves } from '@piw/db/slaves';
import { makePackage, makeTarget } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import type { DoorKeys } from '@piw/wire/keys/dial-keys';
import { openTestGate } from '@piw/wire/testing/gate';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { offer, RemoteSlave } from './testing/remote-slave.ts';
import { type RunningDriver, startDriver } from './testing/running-driver.ts';

const database = useDatabase();
beforeAll(() => makeTarget(database.pool, offer.abi));
const until = <T>(what: () => T | Promise<T>) => vi.waitFor(what, { timeout: 5000, interval: 5 });

async function begin() {
  const gate = await openTestGate();
  const running = await startDriver(database.pool, { gatehouse: gate.house });
  onTestFinished(() => running.stop());
  const dialIn = (holder: string, label: string): RemoteSlave => {
    const keys: DoorKeys = { ...gate.admit('slave', holder), door: 'slave' };
    const slave = new RemoteSlave(running.driver.address, label, [offer], keys);
    onTestFinished(() => slave.close());
    return slave;
  };
  return { gate, running, dialIn };
}

const stateOf = ({ driver }: RunningDriver, label: string) =>
  driver.pictures().find((picture) => picture.label === label)?.state;

test('a slave whose key is revoked has gone at once: what it was building is another’s, and nothing that it says is taken', async () => {
  const { gate, running, dialIn } = await begin();
  await makePackage(database.pool, 'numpy');
  const first = dialIn('ann', 'rock-1');
  await until(() => expect(first.given).toHaveLength(1));
  gate.revoke('ann');
  await until(() => expect(running.ended).toMatchObject([{ outcome: 'cancelled', slave: 'rock-1' }]));
  expect(stateOf(running, 'rock-1')).toBe('gone');
  const second = dialIn('bob', 'rock-2');
  await until(() => expect(second.given).toHaveLength(1));
  first.model.finish();
  second.model.finish();
  await until(() => expect(running.ended).toHaveLength(2));
  expect(running.ended[1]).toMatchObject({ outcome: 'success', slave: 'rock-2' });
  expect(first.given).toHaveLength(1);
});

test('a key that becomes an operator’s, or somebody else’s, builds no more: what its slave had is another’s', async () => {
  const { gate, running, dialIn } = await begin();
  await makePackage(database.pool, 'scipy');
  const first = dialIn('erin', 'reef-1');
  await until(() => expect(first.given).toHaveLength(1));
  gate.move('erin', 'operator', 'erin');
  await until(() => expect(running.ended).toMatchObject([{ outcome: 'cancelled', slave: 'reef-1' }]));
  const second = dialIn('fay', 'reef-2');
  await until(() => expect(second.given).toHaveLength(1));
  gate.move('fay', 'slave', 'gus');
  await until(() => expect(running.ended[1]).toMatchObject({ outcome: 'cancelled', slave: 'reef-2' }));
  first.model.finish();
  second.model.finish();
  await until(() => expect(second.heard.map(({ type }) => type)).toContain('REFUSED'));
  expect(running.ended).toHaveLength(2);
  expect(stateOf(running, 'reef-2')).toBe('gone');
});

test('a label belongs to the holder of the key that it first came with, whatever a slave says of itself', async () => {
  const { running, dialIn } = await begin();
  dialIn('carol', 'rock-7');
  await until(() => expect(stateOf(running, 'rock-7')).toBeDefined());
  const thief = dialIn('dave', 'rock-7');
  await until(() => expect(thief.heard).toMatchObject([{ type: 'REFUSED' }]));
  expect(await listSlaves(database.pool)).toContainEqual(
    expect.objectContaining({ label: 'rock-7', owner: 'key carol' }),
  );
});
