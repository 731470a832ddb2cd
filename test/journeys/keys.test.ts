import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startDatabase, type TestDatabase, type TestServer } from '@piw/db/testing/start-database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clearAway, temporaryFolder } from '../fixtures/farm.ts';
import { letGo } from '../fixtures/held-builds.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { type Network, openNetwork } from '../fixtures/network.ts';
import { cleanEnv, type Ended, runOurs, wordsOf } from '../fixtures/run-program.ts';
import { SenseProgram } from '../fixtures/sense.ts';
import { type Slave, startSlave } from '../fixtures/slave.ts';
import { TerminalProgram } from '../fixtures/terminal.ts';

/** Where who is: the master on the first machine, two slaves and a desk on others. */
const [rock, reef, desk] = [1, 2, 3] as const;

let dir: string;
let server: TestServer;
let database: TestDatabase;
let index: IndexServer;
let indexUrl: (machine: number) => string;
let network: Network;
let master: ChildProcess;
const told: string[] = [];
const slaves: Slave[] = [];
const keys: Record<string, string> = {};

beforeAll(async () => {
  dir = await temporaryFolder();
  server = await startDatabase();
  database = await server.createDatabase();
  network = await openNetwork(3);
  index = await serveIndex(
    { name: 'first', version: '1.0' },
    { name: 'patient', version: '1.0', held: true, says: ['hello'] },
  );
  const { port } = new URL(index.url);
  await network.share(Number(port), join(dir, 'index'));
  indexUrl = (machine) => `http://${network.address(machine)}:${port}/simple/`;
  for (const name of ['master', 'rock', 'reef', 'ann', 'bob']) keys[name] = await makeKey(name);
  await authorize('slave', 'rock');
  await authorize('operator', 'ann');
  await authorize('observer', 'bob');
  await startMaster();
});

afterAll(async () => {
  const ends = slaves.map((slave) => slave.stop());
  master.kill('SIGTERM');
  await Promise.all([...ends, once(master, 'exit')]);
  await network.close();
  await index.close();
  await database.drop();
  await server.stop();
  expect(await clearAway(dir)).toEqual([]);
});

const keyFile = (name: string): string => join(dir, `${name}.key`);
const piwKeys = (...words: string[]) => runOurs('tools', 'piw-keys', words);
const authorizedKeys = () => ['--authorized-keys', join(dir, 'authorized_keys')];

async function makeKey(name: string): Promise<string> {
  const { stdout } = await piwKeys('make', keyFile(name));
  return stdout.trim();
}

const authorize = (role: string, name: string): Promise<Ended> =>
  piwKeys('authorize', role, keys[name]!, name, ...authorizedKeys());

async function startMaster(): Promise<void> {
  const [command, ...words] = wordsOf(
    'master',
    'piw-master',
    [
      ...['--dsn', database.dsn, '--output-path', join(dir, 'output'), '--run-dir', join(dir, 'run')],
      ...['--key-file', keyFile('master'), ...authorizedKeys()],
      ...['--control-queue', 'tcp://*:5557', '--status-queue', 'tcp://*:5558'],
      ...['--index-url', indexUrl(0), '--upstream', 'ignore', '--accept-targets', '--allow-root'],
    ],
    { within: network.on(0) },
  );
  master = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  createInterface({ input: master.stderr! }).on('line', (line) => told.push(line));
  await vi.waitFor(() => expect(told.join('\n')).toContain('active, in epoch'), { timeout: 30_000 });
}

function slaveOn(machine: number, name: string): Slave {
  const itsDir = join(dir, name);
  const slave = startSlave(
    itsDir,
    [
      ...['--master', network.address(machine), '--master-key', keys['master']!, '--key-file', keyFile(name)],
      ...['--label', `${name}-1`, '--index-url', indexUrl(machine), '--allow-root'],
    ],
    network.on(machine),
  );
  slaves.push(slave);
  return slave;
}

/** What somebody at the desk types. */
const control = (name: string, ...words: string[]): Promise<Ended> =>
  runOurs(
    'tools',
    'piw-control',
    [
      ...words,
      ...['--control-queue', `tcp://${network.address(desk)}:5557`],
      ...['--master-key', keys['master']!, '--key-file', keyFile(name)],
    ],
    { within: network.on(desk) },
  );

const add = (name: string): Promise<Ended> =>
  runOurs(
    'tools',
    'piw-add',
    [
      name,
      ...['--control-queue', `tcp://${network.address(desk)}:5557`],
      ...['--master-key', keys['master']!, '--key-file', keyFile('ann')],
    ],
    { within: network.on(desk) },
  );

interface Build {
  readonly package: string;
  readonly slave: string;
  readonly outcome: string | null;
}

async function buildsOf(name: string): Promise<Build[]> {
  const { stdout } = await control('bob', 'builds', '--json');
  const { builds } = JSON.parse(stdout) as { builds: Build[] };
  return builds
    .filter((build) => build.package === name)
    .map(({ slave, outcome }) => ({ package: name, slave, outcome }));
}

const logged = (slave: Slave) => slave.lines.join('\n');

test('a slave and an operator on other machines are let in by their keys: what one asks for, the other builds', async () => {
  slaveOn(rock, 'rock');
  expect(await add('first')).toMatchObject({ code: 0, stderr: '' });
  await expect
    .poll(() => buildsOf('first'), { timeout: 120_000, interval: 500 })
    .toEqual([{ package: 'first', slave: 'rock-1', outcome: 'success' }]);
  expect(await readFile(join(dir, 'output', 'simple', 'first', 'index.html'), 'utf8')).toContain('first-1.0-');
  const journal = await control('bob', 'journal', '--json');
  expect(journal.stdout).toContain('"who": "ann"');
});

test('who is at the master’s own machine needs no key', async () => {
  const here = await runOurs('tools', 'piw-control', ['statistics', '--run-dir', join(dir, 'run')]);
  expect(here).toMatchObject({ code: 0, stderr: '' });
});

test('an observer may look, and may not order', async () => {
  expect(await control('bob', 'status')).toMatchObject({ code: 0, stderr: '' });
  expect(await control('bob', 'pause', '--all')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      "piw-control: Your key, that of bob, may only look: it is an observer's. Ask whoever runs the master to authorize it as an operator instead.\n",
  });
});

test('the monitor shows a master elsewhere; with an observer’s key it has no orders, with an operator’s it has', async () => {
  const queues = ['control', 'status'].flatMap((name, nth) => [
    `--${name}-queue`,
    `tcp://${network.address(desk)}:${5557 + nth}`,
  ]);
  for (const [name, may] of [
    ['bob', false],
    ['ann', true],
  ] as const) {
    const words = [...queues, '--master-key', keys['master']!, '--key-file', keyFile(name)];
    const env = { ...cleanEnv(), XDG_STATE_HOME: join(dir, 'state') };
    const screen = TerminalProgram.start(['monitor', 'piw-monitor'], words, { within: network.on(desk), env });
    await screen.sees(/heard .* ago/);
    await screen.sees(/○ +rock-1/);
    await screen.sees(may ? /p pause/ : /read only: the key of bob is an observer's/);
    screen.type('jpnew fan\r');
    if (may) await screen.sees(/∥ +rock-1 .*paused by ann/);
    screen.type('r');
    await screen.sees(/○ +rock-1/);
    screen.type('q');
    expect(await screen.exit).toBe(0);
  }
  const { stdout } = await control('bob', 'journal');
  expect(stdout.match(/^.*ann.*pause.*new fan.*$/gim)).toHaveLength(1);
});

test('the Sense HAT shows a master elsewhere; with an observer’s key it has no orders, with an operator’s it has', async () => {
  const queues = ['control', 'status'].flatMap((name, nth) => [
    `--${name}-queue`,
    `tcp://${network.address(desk)}:${5557 + nth}`,
  ]);
  for (const [name, first] of [
    ['bob', /^no orders from here: the key of bob is an observer's$/],
    ['ann', /^pause rock-1$/],
  ] as const) {
    const place = join(dir, `hat-of-${name}`);
    await mkdir(place);
    const words = [...queues, '--master-key', keys['master']!, '--key-file', keyFile(name)];
    const hat = await SenseProgram.start(place, words, { within: network.on(desk) });
    await hat.sees(/^master of /);
    await hat.push('down');
    await hat.sees(/^rock-1: /);
    await hat.push('in');
    await hat.sees(first);
    await hat.push('in');
    if (name === 'ann') await hat.sees(/^paused rock-1$/);
    expect(await hat.stop()).toBe(0);
  }
  const { stdout } = await control('bob', 'journal');
  expect(stdout.match(/^.*ann.*pause.*ordered at the Sense HAT.*$/gim)).toHaveLength(1);
  expect(await control('ann', 'resume', 'rock-1')).toMatchObject({ code: 0 });
});

test('a slave that nobody authorized says what to type on the master, and works as soon as somebody does', async () => {
  const slave = slaveOn(reef, 'reef');
  await expect.poll(() => logged(slave), { timeout: 60_000 }).toContain('does not let this key in here');
  expect(told.join('\n')).toContain(`10.77.${reef}.2 is not let in`);
  const [, words = ''] = /piw-keys (authorize slave \S+) LABEL/.exec(logged(slave))!;
  await piwKeys(...words.split(' '), 'reef', ...authorizedKeys());
  await expect.poll(() => logged(slave), { timeout: 30_000 }).toContain('the master knows this slave');
});

test('a slave that is revoked while it builds is let go at once, and the job is another’s', async () => {
  await control('ann', 'pause', 'rock-1');
  await add('patient');
  await expect
    .poll(() => buildsOf('patient'), { timeout: 60_000 })
    .toEqual([{ package: 'patient', slave: 'reef-1', outcome: null }]);
  await control('ann', 'resume', 'rock-1');
  expect(await piwKeys('revoke', 'reef', ...authorizedKeys())).toMatchObject({ code: 0 });
  const sees = (outcome: string | null) =>
    expect
      .poll(() => buildsOf('patient'), { timeout: 60_000, interval: 500 })
      .toEqual([
        { package: 'patient', slave: 'rock-1', outcome },
        { package: 'patient', slave: 'reef-1', outcome: 'cancelled' },
      ]);
  await sees(null);
  await letGo('patient');
  await sees('success');
});

test('whoever has no key, or another master’s, learns in a line what to do', async () => {
  const at = ['--control-queue', `tcp://${network.address(desk)}:5557`];
  const within = { within: network.on(desk) };
  const nobody = await runOurs('tools', 'piw-control', ['status', ...at], within);
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('--master-key') as string });
  const wrong = ['--master-key', keys['rock']!, '--key-file', keyFile('ann')];
  const mistaken = await runOurs('tools', 'piw-control', ['status', ...at, ...wrong], within);
  expect(mistaken.stderr).toMatch(/^piw-control: What listens at \S+ is not the master with the key piwpub_.*\n$/);
  expect(mistaken.code).toBe(1);
});
