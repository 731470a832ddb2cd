import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { descendants, isDead } from '@piw/slave/sandbox/process-tree';
import { FakeMaster } from '@piw/slave/testing/fake-master';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clearAway, temporaryFolder } from '../fixtures/farm.ts';
import { letGo } from '../fixtures/held-builds.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { type Slave, startSlave } from '../fixtures/slave.ts';

const talk = Array.from({ length: 10_000 }, (_, i) => `line ${i} of a build that has much to say for itself`);

let dir: string;
let index: IndexServer;
let master: FakeMaster;
let slave: Slave;

beforeAll(async () => {
  index = await serveIndex(
    { name: 'compiled', version: '1.0', compiled: true, says: talk },
    { name: 'patient', version: '1.0', held: true, says: ['hello'] },
    { name: 'long', version: '1.0', held: true },
  );
  dir = await temporaryFolder();
  master = await FakeMaster.open(dir);
  slave = startSlave(dir, ['--index-url', index.url, '--allow-root']);
  await Promise.race([master.hear('READY'), slave.ended.then(() => Promise.reject(new Error(slave.lines.join('\n'))))]);
});

afterAll(async () => {
  await master.close();
  await index.close();
  expect(await clearAway(dir)).toEqual([]);
});

const saysIn = (attempt: number, text: string) =>
  expect.poll(() => master.log(attempt).toString(), { timeout: 60_000 }).toContain(text);

test('a slave builds a wheel, sends its log while it builds and its file on demand, and forgets both', async () => {
  master.build(1, { name: 'compiled' });
  const { outcome, files, logBytes, steps } = await master.hear('BUILT');
  expect([outcome, steps.map(({ name }) => name)]).toEqual([
    'success',
    ['fetch', 'prepare', 'requires', 'build', 'inspect', 'check'],
  ]);
  await expect.poll(() => master.log(1).length, { timeout: 10_000 }).toBe(logBytes);
  expect(master.log(1).toString()).toContain(talk.join('\n'));
  const { filename, sizeBytes, sha256 } = files[0]!;
  const [head, whole] = [await master.fetch(1, filename, 1), await master.fetch(1, filename, sizeBytes)];
  expect(head.equals(whole)).toBe(true);
  expect(createHash('sha256').update(whole).digest('hex')).toBe(sha256);
  const rest = await master.fetch(1, filename, sizeBytes, 100);
  expect(rest.equals(whole.subarray(100))).toBe(true);
  master.say({ type: 'DONE', body: { attempt: 1 } });
  await master.hear('READY');
  await expect.poll(() => readdir(join(dir, 'slave', 'piw-slave-rock', 'attempts'))).toEqual([]);
});

test('a slave goes on building while its master is restarted, and sends again what that one lost of the log', async () => {
  master.build(2, { name: 'patient' });
  await saysIn(2, 'under way');
  const papers = await master.close();
  papers.logs.set(2, papers.logs.get(2)!.subarray(0, 100));
  master = await FakeMaster.open(dir, papers);
  expect((await master.hear('HELLO')).holds).toEqual({ attempt: 2, phase: 'building' });
  expect((await master.hear('LOG')).offset).toBe(100);
  await letGo('patient');
  const { outcome, logBytes } = await master.hear('BUILT');
  expect(outcome).toBe('success');
  await expect.poll(() => master.log(2).length, { timeout: 10_000 }).toBe(logBytes);
  expect(master.log(2).toString()).toMatch(/hello\nunder way\n/);
  master.say({ type: 'DONE', body: { attempt: 2 } });
  await master.hear('READY');
});

test('a cancelled build ends within ten seconds, with its log and with nothing of it running', async () => {
  const idle = descendants(slave.pid); // what it keeps between builds
  master.build(3, { name: 'long' });
  await saysIn(3, 'under way');
  const asked = performance.now();
  master.say({ type: 'CANCEL', body: { attempt: 3, reason: 'skipped by an operator' } });
  const { outcome, reason } = await master.hear('BUILT');
  expect([outcome, reason?.kind]).toEqual(['cancelled', 'killed']);
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(descendants(slave.pid).filter((pid) => !idle.includes(pid))).toEqual([]);
  master.say({ type: 'DONE', body: { attempt: 3 } });
  await master.hear('READY');
});

test('an attempt that the master gives up is dropped, and the slave wants other work', async () => {
  const idle = descendants(slave.pid);
  master.build(4, { name: 'long' });
  await saysIn(4, 'under way');
  master.say({ type: 'DONE', body: { attempt: 4 } });
  await master.hear('READY');
  expect(descendants(slave.pid).filter((pid) => !idle.includes(pid))).toEqual([]);
});

test('SIGTERM in the middle of a build: BYE, and gone in five seconds with all that it had', async () => {
  master.build(5, { name: 'long' });
  await saysIn(5, 'under way');
  const running = descendants(slave.pid);
  expect(running).not.toEqual([]);
  const asked = performance.now();
  const ended = slave.stop('SIGTERM');
  await master.hear('BYE');
  expect(await ended).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(await readdir(join(dir, 'slave', 'piw-slave-rock', 'attempts'))).toEqual([]);
  expect(running.filter((pid) => !isDead(pid))).toEqual([]);
});
