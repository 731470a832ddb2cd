import { readdir } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Farm } from '../fixtures/farm.ts';
import { letGo } from '../fixtures/held-builds.ts';
import type { IndexServer } from '../fixtures/index-server.ts';
import { OneTargetFarm } from '../fixtures/one-target-farm.ts';

vi.setConfig({ testTimeout: 90_000 }); // each waits for a few short builds

const [one, two] = [`${hostname()}-1`, `${hostname()}-2`];

let stage: OneTargetFarm;
let index: IndexServer;
let farm: Farm;

beforeAll(async () => {
  const endless = ['skipped', 'halted', 'killed'].map((name) => ({
    name: `to-be-${name}`,
    version: '1.0',
    held: true,
  }));
  const steady = ['during-lunch', 'last-one'].map((name) => ({
    name,
    version: '1.0',
    held: true,
    says: ['it begins'],
  }));
  const quick = ['plain', 'after-lunch', 'early', 'late'].map((name) => ({ name, version: '1.0' }));
  const needy = { name: 'needy', version: '1.0', requires: ['helper'] };
  stage = await OneTargetFarm.open([...endless, ...steady, ...quick, needy], ['--slaves', '2', 'plain']);
  ({ farm, index } = stage);
  await Promise.all([one, two].map((label) => farm.heard(new RegExp(`^slave +${label} builds for `))));
  await farm.heard(/^success +plain /);
});

afterAll(async () => {
  expect(await stage.close()).toEqual({ code: 0, left: [] });
});

/** What a look or an order answers, as programs read it. */
async function control<T>(...words: string[]): Promise<T> {
  const { code, stdout, stderr } = await farm.control(...words, '--json');
  expect(code, `${words.join(' ')}: ${stdout}${stderr}`).toBe(0);
  return JSON.parse(stdout) as T;
}

interface Slave {
  readonly label: string;
  readonly state: string;
  readonly task: { readonly attempt: number; readonly package: string } | null;
}
interface Queue {
  readonly jobs: readonly { readonly package: string; readonly state: string; readonly priority: string }[];
}
interface Builds {
  readonly builds: readonly { readonly attempt: number; readonly outcome: string | null; readonly slave: string }[];
}
interface Package {
  readonly versions: readonly { readonly cells: readonly { readonly state: string; readonly text: string | null }[] }[];
}

const jobs = async (): Promise<string[]> =>
  (await control<Queue>('queue')).jobs.map((job) => `${job.package} ${job.state}`);
const outcomes = async (name: string): Promise<(string | null)[]> =>
  (await control<Builds>('builds', '--package', name)).builds.map(({ outcome }) => outcome);
const cell = async (name: string) => (await control<Package>('package', name)).versions[0]?.cells[0];

const places = async (): Promise<string[]> =>
  (await control<Queue>('queue')).jobs.map((job) => `${job.package} ${job.priority}`);

/** Asks for a package and waits until a slave builds it; its label. */
async function building(name: string, times = 1): Promise<string> {
  if (times === 1) expect(await farm.add(name)).toMatchObject({ code: 0 });
  const line = await farm.heard(new RegExp(`^building +${name} `), times);
  return line.replace(/^.* on /, '');
}

async function attemptOf(label: string): Promise<number> {
  const slaves = await control<Slave[]>('slaves');
  return slaves.find((slave) => slave.label === label)!.task!.attempt;
}

test('a pause lets a running build end and lets none begin, until it is taken back', async () => {
  const label = await building('during-lunch');
  await control('pause', '--all', '--reason', 'lunch');
  expect(await attemptOf(label)).toBeGreaterThan(0);
  await farm.add('after-lunch');
  await letGo('during-lunch');
  await farm.heard(/^success +during-lunch /);
  await farm.heard(new RegExp(`^paused +${label}: .*lunch`));
  expect(await jobs()).toEqual(['after-lunch waiting']);
  await control('resume', '--all');
  await farm.heard(/^success +after-lunch /);
});

test('a skipped build ends with its reason, and is settled until it is unskipped', async () => {
  const label = await building('to-be-skipped');
  await control('skip', label, '--reason', 'it hangs');
  await farm.heard(/^skipped +to-be-skipped .* it hangs/);
  expect(await cell('to-be-skipped')).toMatchObject({ state: 'skipped', text: 'it hangs' });
  expect(await jobs()).toEqual([]);
  await control('unskip', 'to-be-skipped');
  await building('to-be-skipped', 2);
  await control('skip', '--package', 'to-be-skipped', '--reason', 'it hangs still');
  await farm.heard(/^skipped +to-be-skipped .* it hangs still/);
});

test('a halt cancels what is built and pauses; the job comes back uncounted', async () => {
  await building('to-be-halted');
  await control('halt', '--all', '--reason', 'fire drill');
  await farm.heard(/^cancelled +to-be-halted .*fire drill/);
  expect(await jobs()).toEqual(['to-be-halted waiting']);
  await control('resume', '--all');
  await building('to-be-halted', 2);
  await control('skip', '--package', 'to-be-halted', '--reason', 'enough');
  await farm.heard(/^skipped +to-be-halted /);
  expect(await outcomes('to-be-halted')).toEqual(['skipped', 'cancelled']);
});

test('jobs stand in the order that somebody gave them, and one that is withdrawn has no privilege any more', async () => {
  await control('pause', '--all');
  onTestFinished(async () => expect(await farm.control('resume', '--all')).toMatchObject({ code: 0 }));
  await farm.add('early');
  await farm.add('late');
  await control('prioritise', 'late', '--to', 'front');
  expect(await places()).toEqual(['late request', 'early wanted']);
  await control('prioritise', 'late', '--to', 'usual');
  await control('prioritise', 'early', '--to', 'back');
  expect(await places()).toEqual(['late wanted', 'early backlog']);
  await control('withdraw', 'late');
  expect((await places()).toSorted()).toEqual(['early backlog', 'late backlog']);
});

test('a failure is tried again when its cause was mended', async () => {
  await farm.add('needy');
  await farm.heard(/^failure +needy .*helper/);
  expect(await farm.control('retry', 'plain')).toMatchObject({ code: 1, stdout: '' });
  await index.add({ name: 'helper', version: '1.0' });
  await control('retry', 'needy');
  await farm.heard(/^success +needy /);
  expect(await outcomes('needy')).toEqual(['success', 'failure']);
});

test('what is built again on purpose is a file of its own, with the next build tag, and the one before stays', async () => {
  const wheels = async () =>
    (await readdir(join(stage.dir, 'output', 'packages'), { recursive: true }))
      .map((path) => basename(path))
      .filter((name) => /^plain-.*\.whl$/.test(name))
      .toSorted();
  expect(await wheels()).toEqual(['plain-1.0-py3-none-any.whl']);
  await control('again', 'plain==1.0');
  expect(await farm.heard(/^success +plain /, 2)).toMatch(/ plain-1\.0-1-py3-none-any\.whl$/);
  expect(await wheels()).toEqual(['plain-1.0-1-py3-none-any.whl', 'plain-1.0-py3-none-any.whl']);
});

test('a slave that is restarted comes back and builds on', async () => {
  await control('restart', one);
  await farm.heard(new RegExp(`^slave +${one} builds for `), 2);
});

test('a drained slave finishes its build, whose log can be followed to its end, and goes', async () => {
  const label = await building('last-one');
  const attempt = String(await attemptOf(label));
  const following = farm.control('log', attempt, '--follow');
  await control('drain', label);
  await letGo('last-one');
  const { code, stdout } = await following;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^== fetch[^]*\nit begins\nunder way\n[^]*\n== check/m);
  expect((await farm.control('log', attempt)).stdout).toBe(stdout);
  await farm.heard(new RegExp(`^gone +${label}`));
  expect(await outcomes('last-one')).toEqual(['success']);
});

test('a killed slave is gone at once, and its job waits uncounted', async () => {
  const label = await building('to-be-killed');
  await control('kill', label, '--reason', 'it smokes');
  await farm.heard(/^cancelled +to-be-killed .*it smokes/);
  await farm.heard(new RegExp(`^gone +${label}`));
  expect(await jobs()).toEqual(['to-be-killed waiting']);
  const slaves = await control<Slave[]>('slaves');
  expect(slaves.map(({ state }) => state)).toEqual(['gone', 'gone']);
  expect(await farm.control('kill', label)).toMatchObject({
    code: 1,
    stderr: `piw-control: ${label}: ${label} is gone.\n`,
  });
});

test('the journal names who ordered what, with the reason', async () => {
  const { entries } = await control<{ entries: { who: string; order: string; subject: string; text: string }[] }>(
    'journal',
    '--limit',
    '200',
  );
  const ordered = new Set(entries.map(({ order }) => order));
  for (const order of [
    'WITHDRAW',
    'ADD',
    'PAUSE',
    'RESUME',
    'SKIP',
    'UNSKIP',
    'HALT',
    'PRIORITISE',
    'RETRY',
    'RESTART',
    'DRAIN',
    'KILL',
  ])
    expect(ordered).toContain(order);
  expect(new Set(entries.map(({ who }) => who))).toEqual(new Set([`${userInfo().username}@${hostname()}`]));
  expect(entries.find(({ order }) => order === 'HALT')).toMatchObject({
    text: expect.stringContaining('fire drill') as string,
  });
});

test('every look can be read by programs and by people', async () => {
  const [{ attempt }] = (await control<Builds>('builds', '--package', 'plain')).builds as [Builds['builds'][0]];
  const looks = [
    'status',
    'slaves',
    'targets',
    'queue',
    'builds',
    `build ${attempt}`,
    'package plain',
    'statistics',
    'journal',
  ];
  await Promise.all(
    looks.map(async (look) => {
      expect(await control(...look.split(' ')), look).toBeTypeOf('object');
      const { code, stdout } = await farm.control(...look.split(' '));
      expect(code, look).toBe(0);
      expect(stdout, look).not.toMatch(/[{}\x1b]|undefined|NaN/);
    }),
  );
});
