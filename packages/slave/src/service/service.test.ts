import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@piw/host/log';
import { parseMasters } from '@piw/wire/master-address';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noSandbox } from '../sandbox/no-sandbox.ts';
import { FakeMaster } from '../testing/fake-master.ts';
import { type Beats, serve } from './service.ts';
import type { Workbench } from './workshop.ts';

const limits = { timeoutMs: 60_000, memoryBytes: null, diskBytes: null, outputBytes: 1 << 20 };
const machine = { model: null, serial: null, os: 'Linux', cpus: 1 };

let dir: string;
let master: FakeMaster;
/** A master on another machine, where it takes over. */
let standby: FakeMaster | undefined;
let stop: AbortController;
let statuses: string[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-service-'));
  master = await FakeMaster.open(dir);
  stop = new AbortController();
  statuses = [];
});
afterEach(async () => {
  stop.abort();
  await master.close();
  await standby?.close();
  standby = undefined;
  await rm(dir, { recursive: true });
});

/** A slave whose every build ends at once, since it has lost its Pythons; beats quickly. */
async function start(beats: Beats = { aliveMs: 200, logMs: 20 }): Promise<Promise<number>> {
  const attempts = join(dir, 'attempts');
  await mkdir(attempts, { recursive: true });
  await mkdir(join(dir, 'standby'));
  const bench: Workbench = {
    ...{ dir: attempts, cacheDir: join(dir, 'cache'), sandbox: noSandbox(null, null), interpreters: [] },
    ...{ toolchains: { tools: [], path: [], paths: [], rust: null }, uv: null, limits, indexUrl: null },
  };
  const identity = { label: 'rock', owner: 'somebody', board: machine, capabilities: { gpu: 1 }, ...bench };
  const options = {
    masters: parseMasters(`ipc://${dir},ipc://${dir}/standby`),
    identity,
    bench,
    log: openLog({ console: { write: () => undefined }, level: 'error' }).logger,
  };
  return serve({ ...options, beats, onStatus: (status) => statuses.push(status) }, stop.signal);
}

test('a slave tells who it is, takes work, keeps what it built until DONE, and wants more', async () => {
  const left = start();
  expect(await master.hear('HELLO')).toMatchObject({ label: 'rock', owner: 'somebody', capabilities: { gpu: 1 } });
  await master.hear('READY');
  master.build(7);
  const { outcome, reason } = await master.hear('BUILT');
  expect([outcome, reason?.text]).toEqual(['transient', expect.stringContaining('no interpreter')]);
  expect(await master.hear('ALIVE', ({ phase }) => phase === 'built')).toMatchObject({ attempt: 7 });
  await access(join(dir, 'attempts', '7'));
  master.say({ type: 'DONE', body: { attempt: 7 } });
  await master.hear('READY');
  await expect.poll(() => access(join(dir, 'attempts', '7')).catch(() => 'gone')).toBe('gone');
  stop.abort();
  expect(await left).toBe(0);
});

test('the log of a build that ended comes as fast as the master takes it, whatever the beat', async () => {
  const folder = join(dir, 'attempts', '7');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'log.txt'), Buffer.alloc(3 << 20));
  void start({ aliveMs: 60_000, logMs: 60_000 });
  await master.hear('READY');
  master.build(7);
  const { logBytes } = await master.hear('BUILT');
  await master.hear('LOG', ({ offset, bytes }) => offset + bytes.length === logBytes);
  expect(master.log(7).length).toBe(logBytes);
  expect(logBytes).toBeGreaterThan(3 << 20);
});

test('a slave that has built says so to the next master', async () => {
  void start();
  await master.hear('READY');
  master.build(7);
  await master.hear('BUILT');
  master = await FakeMaster.open(dir, await master.close());
  expect(await master.hear('HELLO')).toMatchObject({ holds: { attempt: 7, phase: 'built' } });
  expect(await master.hear('BUILT')).toMatchObject({ attempt: 7 });
});

test('a slave of two masters brings what it built to the one that takes over', async () => {
  void start();
  await master.hear('READY');
  master.build(7);
  await master.hear('BUILT');
  const papers = await master.close();
  standby = await FakeMaster.open(join(dir, 'standby'), papers);
  expect(await standby.hear('HELLO')).toMatchObject({ holds: { attempt: 7, phase: 'built' } });
  expect(await standby.hear('BUILT')).toMatchObject({ attempt: 7 });
  standby.say({ type: 'DONE', body: { attempt: 7 } });
  await standby.hear('READY');
});

test('of two masters that answer, a slave heeds the one that became active last', async () => {
  void start();
  await master.hear('READY');
  standby = await FakeMaster.open(join(dir, 'standby'), { epoch: 2, logs: new Map() });
  await standby.hear('READY');
  master.build(7);
  standby.build(8);
  expect(await standby.hear('BUILT')).toMatchObject({ attempt: 8 });
  expect(await standby.hear('ALIVE', ({ attempt }) => attempt !== null)).toMatchObject({ attempt: 8 });
});

test('a slave whose master is away goes to another, whatever number that has', async () => {
  void start();
  await master.hear('READY');
  standby = await FakeMaster.open(join(dir, 'standby'), { epoch: 0, logs: new Map() });
  expect(await standby.hear('HELLO')).toMatchObject({ label: 'rock' });
  await master.close();
  await standby.hear('READY');
});

test('a slave without a master tries on, and tells of it in its status', async () => {
  await master.close();
  void start();
  await expect.poll(() => statuses).toEqual(['no answer from the master: trying on']);
  master = await FakeMaster.open(dir);
  await master.hear('READY');
  expect(statuses.slice(1)).toEqual(['the master knows this slave', 'waits for work']);
});

test('a refused slave stays up and tells why', async () => {
  master.refusal = 'rock belongs to another slave';
  void start();
  await master.hear('HELLO');
  await expect.poll(() => statuses).toEqual(['the master refuses this slave: rock belongs to another slave']);
});

test('a slave that is told to die when idle finishes first, and leaves with the code that asks for a restart', async () => {
  const left = start();
  await master.hear('READY');
  master.build(7);
  await master.hear('BUILT');
  master.say({ type: 'DIE', body: { when: 'idle', restart: true } });
  await master.hear('ALIVE');
  master.say({ type: 'DONE', body: { attempt: 7 } });
  await master.hear('BYE');
  expect(await left).toBe(75);
});

test('a slave that is stopped says BYE, and nothing is left of what it had', async () => {
  const left = start();
  await master.hear('READY');
  master.build(7);
  await master.hear('BUILT');
  stop.abort();
  await master.hear('BYE');
  expect(await left).toBe(0);
  await expect(access(join(dir, 'attempts', '7'))).rejects.toThrow('ENOENT');
});

test('a disk on which an attempt cannot be begun makes it transient', async () => {
  void start();
  await master.hear('READY');
  await rm(join(dir, 'attempts'), { recursive: true });
  await writeFile(join(dir, 'attempts'), '');
  master.build(7);
  const { outcome, reason } = await master.hear('BUILT');
  expect([outcome, reason?.subject]).toEqual(['transient', 'slave']);
});
