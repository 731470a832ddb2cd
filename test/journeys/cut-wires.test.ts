import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { until } from '../fixtures/crash/crash-farm.ts';
import { expectSound } from '../fixtures/crash/expect-sound.ts';
import { SpreadFarm } from '../fixtures/crash/spread-farm.ts';
import { letGo } from '../fixtures/held-builds.ts';

const mebibyte = 2 ** 20;
const bulk = 96 * mebibyte;

let farm: SpreadFarm;
let active: 0 | 1 = 0;

beforeAll(async () => {
  farm = await SpreadFarm.open();
});
afterEach(() => expectSound(farm));
afterAll(async () => expect(await farm.close()).toEqual([]));

const outcomesOf = async (name: string) => (await farm.settled(name)).map(({ outcome }) => outcome);

/** Has a package built whose build waits to be let go, and tells which slave has begun. */
async function begun(name: string): Promise<0 | 1> {
  await farm.want(name, { held: true }, active);
  return until(async () => {
    const { slaves } = await farm.control(active).ask('SNAPSHOT', {});
    const builder = slaves.find(({ task }) => task?.package === name && task.step === 'build');
    if (!builder) throw new Error('nobody has begun');
    return builder.label === 'rock-1' ? 0 : 1;
  });
}

/** Has a large wheel built, and tells which slave's it is as soon as some of it has come. */
async function arriving(name: string): Promise<0 | 1> {
  await farm.want(name, { bulk }, active);
  await until(async () => expect(await arrived()).toBeGreaterThan(mebibyte), 2);
  return (await farm.attempts(name)).at(-1)!.slave === 'rock-1' ? 0 : 1;
}

/** The size of what has come of a wheel so far. */
async function arrived(): Promise<number> {
  const incoming = join(farm.output, 'incoming');
  const names = await readdir(incoming, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(incoming, name))));
  return Math.max(0, ...sizes);
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const seeksMaster = (slave: 0 | 1): Promise<void> => {
  const said = /no answer from the master/;
  return farm.slaves[slave]!.heard(said, farm.slaves[slave]!.count(said) + 1);
};

test('a slave that is cut off while it builds, and is back before its lease has ended, goes on as if nothing had been', async () => {
  const builder = await begun('soon-back');
  const cutOff = seeksMaster(builder);
  const mend = await farm.cut('slave', builder);
  await cutOff;
  await mend();
  await letGo('soon-back');
  expect(await outcomesOf('soon-back')).toEqual(['success']);
});

test('a slave that is cut off while it builds, and is back after its lease while its job waits, goes on with it', async () => {
  const builder = await begun('late-back');
  const other = `rock-${2 - builder}`;
  await farm.control(active).ask('PAUSE', { slaves: [other], why: 'tests' });
  const mend = await farm.cut('slave', builder);
  await until(async () => expect((await farm.attempts('late-back')).map(({ outcome }) => outcome)).toEqual(['lost']));
  await mend();
  await letGo('late-back');
  expect(await outcomesOf('late-back')).toEqual(['success']);
  await farm.control(active).ask('RESUME', { slaves: [other] });
});

test('a slave that is cut off until another had built its job drops what it has when it is back', async () => {
  const builder = await begun('too-late');
  const mend = await farm.cut('slave', builder);
  await letGo('too-late', 2);
  const attempts = await farm.settled('too-late');
  expect(attempts.map(({ slave, outcome }) => `${slave} ${outcome}`)).toEqual([
    `rock-${builder + 1} lost`,
    `rock-${2 - builder} success`,
  ]);
  await mend();
});

test('a slave that is cut off in the middle of a wheel sends the rest when it is back', async () => {
  const sender = await arriving('in-the-middle');
  const cutOff = seeksMaster(sender);
  const mend = await farm.cut('slave', sender);
  await cutOff;
  expect(await arrived()).toBeLessThan(bulk);
  expect(await farm.attempts('in-the-middle')).toMatchObject([{ outcome: null }]);
  await mend();
  expect(await outcomesOf('in-the-middle')).toEqual(['success']);
});

/** Locks the farm's row in a transaction, and stays in it. */
const holdsLock = `
import { openPool } from '${new URL('../../packages/db/dist/connect.js', import.meta.url).href}';
const client = await openPool(process.argv[1]).connect();
await client.query('begin');
await client.query('select from farm for update');
console.log('locked');
setInterval(() => undefined, 1000);`;

test('what was locked in the database by a machine that vanished is free within ten seconds', async () => {
  const { within, dsn } = farm.besideMaster(1);
  const [command, ...words] = [...within, process.execPath, '--input-type=module', '-e', holdsLock, dsn];
  const holder = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const mend = await farm.cut('master', 1);
  const client = await farm.database.pool.connect();
  await client.query(`set statement_timeout = '10s'`);
  expect((await client.query('select from farm for update')).rowCount).toBe(1);
  client.release(true);
  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await Promise.all([ended, mend()]);
});

const nothing = (): Promise<void> => Promise.resolve();

test.each([
  ['while a build runs', 'standby-build', begun, letGo],
  ['in the middle of a wheel', 'standby-wheel', arriving, nothing],
] as const)(
  'when the machine of the master vanishes %s, the one that stands by takes over within ten seconds and nothing is lost',
  async (_, name, reach, goOn) => {
    const [gone, next] = active === 0 ? ([0, 1] as const) : ([1, 0] as const);
    farm.startMaster(next);
    const standby = farm.masters[next]!;
    await standby.heard(/standing by/, standby.count(/standing by/) + 1);
    await reach(name);
    const taken = standby.heard(/active, in epoch/, standby.count(/active, in epoch/) + 1);
    const beganMs = performance.now();
    const mend = await farm.cut('master', gone);
    await taken;
    active = next;
    expect(performance.now() - beganMs).toBeLessThan(10_000);
    await goOn(name);
    expect(await outcomesOf(name)).toEqual(['success']);
    const ended = farm.masters[gone]!.heard(/Another master has become active/);
    await mend();
    await ended;
  },
);
