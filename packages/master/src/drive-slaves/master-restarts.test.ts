import { makePackage, makeTarget } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { offer, RemoteSlave } from './testing/remote-slave.ts';
import { startDriver } from './testing/running-driver.ts';

const database = useDatabase();

beforeAll(() => makeTarget(database.pool, offer.abi));

/** Waits until something is so, as long as tests may. */
const until = <T>(what: () => T | Promise<T>) => vi.waitFor(what, { timeout: 4000, interval: 5 });

test('a restart of the master forgets neither what a slave built in the last hour nor how long that has run', async () => {
  const address = `ipc://${newFolder()}/slaves`;
  const first = await startDriver(database.pool, { address });
  await makePackage(database.pool, 'quick');
  const slave = new RemoteSlave(first.driver.address, 'rock-7', [offer]);
  onTestFinished(() => slave.close());
  slave.model.upMs = 3_600_000;
  await until(() => expect(slave.given).toHaveLength(1));
  slave.model.finish();
  await until(() => expect(first.ended).toHaveLength(1));
  await first.stop();
  const second = await until(() => startDriver(database.pool, { epoch: 2, address }));
  onTestFinished(() => second.stop());
  const beats = setInterval(() => slave.model.beat(), 50);
  onTestFinished(() => clearInterval(beats));
  await until(() => expect(second.driver.pictures()).toMatchObject([{ label: 'rock-7', state: 'idle' }]));
  const { lastHour, upSinceMs } = second.driver.pictures()[0]!;
  expect(lastHour).toEqual({ successes: 1, failures: 0 });
  expect(second.premises.now() - upSinceMs).toBeGreaterThanOrEqual(3_600_000);
});
