import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextEpoch, readFarm } from '@piw/db/farm';
import { takeMasterLock } from '@piw/db/master-lock';
import { startDatabase } from '@piw/db/testing/start-database';
import { useDatabase } from '@piw/db/testing/use-database';
import { withConnection } from '@piw/db/with-connection';
import { openLog } from '@piw/host/log';
import { makeKeyPair } from '@piw/wire/keys/key-pair';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { type OpenTasks, runMaster } from './main.ts';
import { type MasterOptions, usualPeriods } from './options.ts';

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'piw-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A master without tasks but one, in the background; it tells what it logs. */
function start(about: Partial<MasterOptions> = {}, openTasks: OpenTasks = () => Promise.resolve({})) {
  const told: string[] = [];
  const log = openLog({ console: { write: (line: string) => told.push(line) }, level: 'info' }).logger;
  const stopping = new AbortController();
  const queues = { slaveQueue: '', fileQueue: '', statusQueues: [], controlQueues: [] };
  const site = {
    keys: null,
    siteUrl: null,
    indexUrl: null,
    upstream: 'ignore',
    acceptTargets: false,
    attention: { command: null, mail: null },
  } as const;
  const periods = { ...usualPeriods, standbyMs: 20 };
  const where = { dsn: database.dsn, outputPath: folder, minFreeBytes: 0, runDir: folder };
  const options = { ...queues, ...site, ...where, name: 'the farm', periods, ...about };
  const ended = runMaster(options, { log, signal: stopping.signal, env: {} }, openTasks);
  ended.catch(() => undefined);
  onTestFinished(() => stopping.abort());
  return { told: () => told.join(''), stop: () => stopping.abort(), ended };
}
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 10 });

test('a master gives the farm its name, and each one is of a later epoch', async () => {
  const before = await readFarm(database.pool);
  const master = start();
  await until(() => expect(master.told()).toContain(`epoch ${before.epoch + 1}`));
  expect(await readFarm(database.pool)).toMatchObject({ name: 'the farm', epoch: before.epoch + 1 });
  master.stop();
  await expect(master.ended).resolves.toBeUndefined();
});

test('a second master stands by, and takes over when the first one stops', async () => {
  const first = start();
  await until(() => expect(first.told()).toContain('active, in epoch'));
  const second = start();
  await until(() => expect(second.told()).toContain('standing by'));
  expect(second.told()).not.toContain('in epoch');
  first.stop();
  await until(() => expect(second.told()).toContain('in epoch'));
});

test('a master that stood by lets nobody in whose key was revoked meanwhile', async () => {
  const authorizedKeys = join(folder, 'authorized_keys');
  const [ann, bob] = [makeKeyPair().publicKey, makeKeyPair().publicKey];
  writeFileSync(authorizedKeys, `slave ${ann} ann\n`);
  const first = start();
  await until(() => expect(first.told()).toContain('active, in epoch'));
  const letIn: boolean[] = [];
  const second = start({ keys: { own: makeKeyPair(), authorizedKeys } }, ({ gatehouse }) => {
    for (const key of [ann, bob]) letIn.push(gatehouse?.keyring.holderAt('slave', key) !== undefined);
    return Promise.resolve({});
  });
  await until(() => expect(second.told()).toContain('standing by'));
  writeFileSync(authorizedKeys, `slave ${bob} bob\n`);
  first.stop();
  await until(() => expect(letIn).toEqual([false, true]));
});

/** Breaks the connection that holds the master lock. */
const breakLock = `
  select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
  where locktype = 'advisory' and datname = current_database() and pid <> pg_backend_pid()`;

test('a master that loses the connection which holds its lock takes it again', async () => {
  const master = start();
  await until(() => expect(master.told()).toContain('active, in epoch'));
  await withConnection(database.ownerDsn, (owner) => owner.query(breakLock));
  await until(() => expect(master.told()).toContain('the master lock is held again'));
  const second = start();
  await until(() => expect(second.told()).toContain('standing by'));
});

test('a master that was cut off from the database stops when it finds that another has become active', async () => {
  const master = start();
  await until(() => expect(master.told()).toContain('active, in epoch'));
  await withConnection(database.ownerDsn, async (usurper) => {
    await until(async () => {
      await usurper.query(breakLock);
      expect(await takeMasterLock(usurper)).toBe(true);
    });
    await nextEpoch(usurper);
    await expect(master.ended).rejects.toThrow('Another master has become active');
  });
});

test('a database without the schema is refused, with what to type', async () => {
  const server = await startDatabase();
  const empty = await server.createDatabase('nothing');
  onTestFinished(async () => {
    await empty.drop();
    await server.stop();
  });
  await expect(start({ dsn: empty.dsn }).ended).rejects.toMatchObject({ remedy: /piw-initdb/ });
});

test('a database that cannot be reached is waited for, and a master that waits can be stopped', async () => {
  const master = start({ dsn: 'postgresql://nobody@127.0.0.1:1/nothing' });
  await until(() => expect(master.told()).toContain('waiting for the database'));
  master.stop();
  await expect(master.ended).resolves.toBeUndefined();
});

test('an output folder that cannot be written is said at once', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(start({ outputPath: file }).ended).rejects.toMatchObject({ remedy: /--output-path/ });
});

test('an order to stop stops the master as if it had been told by a signal', async () => {
  const master = start({}, ({ stop }) => {
    const order = (): Promise<void> => Promise.resolve().then(() => stop('ann wants it'));
    return Promise.resolve({ order });
  });
  await expect(master.ended).resolves.toBeUndefined();
  expect(master.told()).toContain('stopping: ann wants it');
});

test('a task that fails ends the master, and with it the others', async () => {
  const fails = start({}, () => Promise.resolve({ one: () => Promise.reject(new Error('a bug')) }));
  await expect(fails.ended).rejects.toThrow('a bug');
});
