import { makePackage, makeTarget, queueOf } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { LostByDisk } from './received.ts';
import { offer, RemoteSlave } from './testing/remote-slave.ts';
import { obligingFiles, startDriver } from './testing/running-driver.ts';

const database = useDatabase();
beforeAll(() => makeTarget(database.pool, offer.abi));
const until = <T>(what: () => T | Promise<T>) => vi.waitFor(what, { timeout: 5000, interval: 5 });

test('where the disk loses a wheel that has arrived, it is built again later, and its slave may forget it', async () => {
  const publish = () => Promise.reject(new LostByDisk('/in/numpy-3.0.whl', new Error('EIO: i/o error, fsync')));
  const running = await startDriver(database.pool, { files: { ...obligingFiles, publish } });
  onTestFinished(() => running.stop());
  await makePackage(database.pool, 'numpy', ['3.0']);
  const slave = new RemoteSlave(running.driver.address, 'rock-1', [offer]);
  onTestFinished(() => slave.close());
  await until(() => expect(slave.given).toHaveLength(1));
  slave.model.finish();
  await until(() => expect(slave.heard.map(({ type }) => type)).toContain('DONE'));
  expect(running.ended).toMatchObject([
    { package: 'numpy', outcome: 'transient', reason: { kind: 'transfer-broken' } },
  ]);
  expect(running.ended[0]?.reason?.text).toContain('could not keep numpy-3.0.whl: EIO');
  expect(await queueOf(database.pool)).toEqual([`numpy 3.0 ${offer.abi} delayed`]);
});
