import { FakeMaster } from '@piw/slave/testing/fake-master';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearAway, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { type Slave, startSlave } from '../fixtures/slave.ts';

let dir: string;
let index: IndexServer;
let master: FakeMaster;

beforeEach(async () => {
  dir = await temporaryFolder();
  index = await serveIndex({ name: 'plain', version: '1.0' });
  master = await FakeMaster.open(dir);
});
afterEach(async () => {
  await master.close();
  await index.close();
  expect(await clearAway(dir)).toEqual([]);
});

/** Whoever runs the tests, in the eyes of what is started. */
const asRoot = ['unshare', '--user', '--map-root-user'];
const asOrdinaryUser = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];

const start = (before: readonly string[], ...args: string[]): Slave =>
  startSlave(dir, ['--index-url', index.url, ...args], before);

/** Its exit code and the one line that it said. */
async function refusal(slave: Slave): Promise<[number | null, string]> {
  const code = await slave.ended;
  expect(slave.lines).toHaveLength(1);
  return [code, slave.lines[0]!];
}

test('root is refused, with --allow-root let in, and never without a sandbox', async () => {
  expect(await refusal(start(asRoot))).toEqual([1, expect.stringContaining('insist with --allow-root')]);
  expect(await refusal(start(asRoot, '--allow-root', '--sandbox', 'none'))).toEqual([
    1,
    'piw-slave: As root nothing is built without a sandbox. Run it as an ordinary user.',
  ]);
});

test('a slave of an ordinary user builds without a sandbox where it is told to', async () => {
  const slave = start(asOrdinaryUser, '--sandbox', 'none');
  await master.hear('READY');
  master.build(1, { name: 'plain' });
  const { outcome, files } = await master.hear('BUILT');
  expect([outcome, files[0]?.filename]).toEqual(['success', 'plain-1.0-py3-none-any.whl']);
  expect(await slave.stop('SIGINT')).toBe(0);
});

test('a second slave in the same folder says so, and the first builds on', async () => {
  const first = start([], '--allow-root');
  await master.hear('READY');
  expect(await refusal(start([], '--allow-root'))).toEqual([1, expect.stringContaining('Another slave works in')]);
  master.build(1, { name: 'plain' });
  expect((await master.hear('BUILT')).outcome).toBe('success');
  master.say({ type: 'DIE', body: { when: 'now', restart: true } });
  await master.hear('BYE');
  expect(await first.ended).toBe(75);
});

test('a slave that is killed in a build starts again at once, on what it finds', async () => {
  await index.add({ name: 'long', version: '1.0', held: true });
  const killed = start([], '--allow-root');
  await master.hear('READY');
  master.build(1, { name: 'long' });
  await master.hear('ALIVE', ({ step }) => step === 'build');
  await killed.stop('SIGKILL');
  const next = start([], '--allow-root');
  expect((await master.hear('HELLO', ({ instance, holds }) => instance !== '' && holds === null)).label).toBe('rock');
  await master.hear('READY');
  master.build(2, { name: 'plain' });
  expect((await master.hear('BUILT')).outcome).toBe('success');
  expect(await next.stop()).toBe(0);
});
