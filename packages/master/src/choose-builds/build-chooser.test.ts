import type { Offer, Taken } from '@piw/db/take-jobs';
import { makePackage, makeSlave, makeTarget, queueOf } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { openLog } from '@piw/host/log';
import { afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openBulletin } from '../bulletin.ts';
import { usualPeriods } from '../options.ts';
import type { Premises } from '../premises.ts';
import { BuildChooser } from './build-chooser.ts';

const database = useDatabase();
let target: number;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
});
afterEach(() => database.pool.query('delete from packages'));

/** A chooser at work for slaves of these labels, which wait until they are given something. */
async function begin(...labels: string[]) {
  const offers: Offer[] = [];
  for (const label of labels)
    offers.push({
      slaveId: await makeSlave(database.pool, label),
      targetIds: [target],
      aloneIds: [],
      needIds: [1],
      limitMs: 1000,
    });
  const given: Taken[] = [];
  const isFree = ({ slaveId }: Offer) => !given.some((job) => job.slaveId === slaveId);
  const driver = {
    waiting: () => offers.filter(isFree),
    give: (jobs: readonly Taken[]) => void given.push(...jobs),
    hereIds: () => offers.map(({ slaveId }) => slaveId),
  };
  const log = openLog({ console: { write: () => undefined }, level: 'error' }).logger;
  const bulletin = openBulletin();
  const options = { periods: usualPeriods };
  const premises = { pool: database.pool, log, bulletin, options, now: Date.now } as unknown as Premises;
  const chooser = new BuildChooser(premises, driver);
  const stopping = new AbortController();
  const running = chooser.run(stopping.signal);
  onTestFinished(async () => {
    stopping.abort();
    await running;
  });
  return { chooser, bulletin, given };
}
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 5 });

test('all slaves that wait are served at once, each with something else', async () => {
  await makePackage(database.pool, 'numpy', ['1.0', '2.0', '3.0']);
  const { bulletin, given } = await begin('rock-1', 'rock-2');
  bulletin.emit('waiting');
  await until(() => expect(given).toHaveLength(2));
  expect(new Set(given.map(({ versionId }) => versionId)).size).toBe(2);
  expect(await queueOf(database.pool)).toEqual([
    'numpy 1.0 cp311 leased',
    'numpy 2.0 cp311 leased',
    'numpy 3.0 cp311 ready',
  ]);
});

test('work for nobody who waits stays where it is', async () => {
  await makePackage(database.pool, 'numpy');
  const { chooser, given } = await begin();
  chooser.wake([target]);
  expect(given).toEqual([]);
  expect(await queueOf(database.pool)).toEqual(['numpy 1.0 cp311 ready']);
});

test('while something is delayed the database is left alone until its time has come', async () => {
  await makePackage(database.pool, 'numpy');
  await database.pool.query(`update jobs set phase = 'delayed', ready_at = now() + interval '300 ms'`);
  const asked = vi.spyOn(database.pool, 'query');
  onTestFinished(() => asked.mockRestore());
  const { given } = await begin('rock-4');
  await until(() => expect(given).toHaveLength(1));
  expect(asked.mock.calls.length).toBeLessThan(20);
});

test('what was delayed is given as soon as its time has come', async () => {
  await makePackage(database.pool, 'numpy');
  await database.pool.query(`update jobs set phase = 'delayed', ready_at = now() + interval '200 ms'`);
  const { chooser, given } = await begin('rock-3');
  chooser.wake();
  await until(() => expect(given).toMatchObject([{ package: 'numpy' }]));
});
