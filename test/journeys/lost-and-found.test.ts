import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CrashFarm, until } from '../fixtures/crash/crash-farm.ts';
import { expectSound } from '../fixtures/crash/expect-sound.ts';
import { plan, reach } from '../fixtures/crash/moments.ts';
import type { Passing } from '../fixtures/crash/wire-tap.ts';
import { letGo } from '../fixtures/held-builds.ts';

let farm: CrashFarm;

beforeAll(async () => {
  farm = await CrashFarm.open();
});
afterEach(() => expectSound(farm));
afterAll(async () => expect(await farm.close()).toEqual([]));

const outcomesOf = async (name: string) => (await farm.settled(name)).map(({ outcome }) => outcome);

/** Has a package built whose build waits to be let go, and tells which slave has begun. */
async function begun(name: string): Promise<0 | 1> {
  const reached = reach(farm, 'while it builds');
  await farm.want(name, { held: true });
  return reached;
}

/** Waits until the one attempt at a package has ended so. */
const endedOnce = (name: string, as: string) =>
  until(async () => expect((await farm.attempts(name)).map(({ outcome }) => outcome)).toEqual([as]));

test.each(['BUILD', 'BUILT', 'SEND', 'DONE'] as const)('a lost %s is made up for', async (type) => {
  const name = `lost-${type.toLowerCase()}`;
  const lost = farm.lose((passing) => passing.type === type);
  await farm.want(name);
  await lost;
  expect(await outcomesOf(name)).toEqual(['success']);
});

test('a lost CANCEL is repeated: a build that is skipped stops', async () => {
  const lost = farm.lose(({ type }) => type === 'CANCEL');
  await begun('lost-cancel');
  const what = { package: packageName.parse('lost-cancel'), version: version.parse('1.0'), target: null };
  await farm.control.ask('SKIP', { what, why: 'tests' });
  await lost;
  await endedOnce('lost-cancel', 'skipped');
});

test('a database that is away for five leases while builds end costs nothing but time', async () => {
  await begun('away-longer');
  const reached = reach(farm, 'before it asks for the wheel');
  await farm.want('away', plan);
  await reached;
  await farm.database.kill();
  await letGo('away-longer');
  // Said by each sweep and by each renewal, ten of both a lease.
  const waits = /leases wait for the database/;
  await farm.master.heard(waits, farm.master.count(waits) + 100);
  await farm.database.again();
  expect([await outcomesOf('away'), await outcomesOf('away-longer')]).toEqual([['success'], ['success']]);
});

test('a master that is held up for more than a lease declares nobody lost', async () => {
  await begun('held-up');
  const unanswered = Promise.all(farm.slaves.map((slave) => slave.heard(/no answer/, slave.count(/no answer/) + 1)));
  farm.master.signal('SIGSTOP');
  await unanswered;
  await until(async () => {
    const text = 'select from leases where expires_at > now()';
    expect((await farm.database.pool.query(text)).rowCount).toBe(0);
  });
  await letGo('held-up');
  farm.master.signal('SIGCONT');
  expect(await outcomesOf('held-up')).toEqual(['success']);
});

test('a slave that returns after its lease, while its job waits, goes on with it', async () => {
  const builder = await begun('returns');
  const other = `rock-${2 - builder}`;
  await farm.control.ask('PAUSE', { slaves: [other], why: 'tests' });
  farm.slaves[builder].signal('SIGSTOP');
  await endedOnce('returns', 'lost');
  farm.slaves[builder].signal('SIGCONT');
  await letGo('returns');
  expect(await outcomesOf('returns')).toEqual(['success']);
  await farm.control.ask('RESUME', { slaves: [other] });
});

test('a slave that was cut off until another had built its job is not heard with it any more', async () => {
  const builder = await begun('cut-off');
  const mend = farm.taps[builder].cut();
  await letGo('cut-off', 2);
  const attempts = await farm.settled('cut-off');
  expect(attempts.map(({ slave, outcome }) => `${slave} ${outcome}`)).toEqual([
    `rock-${builder + 1} lost`,
    `rock-${2 - builder} success`,
  ]);
  mend();
});

test('a network that is cut in the middle of a wheel is waited for, and only the rest is sent', async () => {
  const reached = reach(farm, 'in the middle of the wheel');
  await farm.want('wire', plan);
  const builder = await reached;
  const mend = farm.taps[builder].cut();
  const again = new Promise<number>((resolve) => {
    const stop = farm.taps[builder].look(({ type, body }) => {
      if (type !== 'SEND' || body.offset === 0) return undefined;
      stop();
      mend();
      resolve(body.offset);
      return undefined;
    });
  });
  expect(await again).toBeGreaterThan(2 ** 20);
  expect(await outcomesOf('wire')).toEqual(['success']);
});

test('a master that stands by takes over within ten seconds; slaves go on building, and a wheel goes on from where it was', async () => {
  const standby = farm.standBy();
  await standby.heard(/standing by/);
  const offsets: number[] = [];
  const looks = farm.taps.map((tap) =>
    tap.look(({ type, body }) => {
      if (type === 'SEND') offsets.push(body.offset);
      return undefined;
    }),
  );
  const isOnDisk = ({ type, body }: Passing) => type === 'GOT' && body.offset > 2 ** 20;
  const reached = farm.lose(isOnDisk, () => farm.master.signal('SIGKILL'));
  // More than may be on its way, so that some of it is still to be sent.
  await farm.want('taken-over', { bulk: 24 * 2 ** 20 });
  await reached;
  const beganMs = performance.now();
  await standby.heard(/active, in epoch/);
  expect(performance.now() - beganMs).toBeLessThan(10_000);
  expect(await outcomesOf('taken-over')).toEqual(['success']);
  expect(offsets.at(-1)).toBeGreaterThan(2 ** 20);
  for (const stop of looks) stop();
});
