import { makePackage, makeTarget, queueOf } from '@piw/db/testing/small-farm';
import { expect, test } from 'vitest';
import { offer, RemoteSlave } from '../drive-slaves/testing/remote-slave.ts';
import { until, untilBuilding, useOffices } from './testing/office-with-slaves.ts';
import type { RunningOffice } from './testing/running-office.ts';

const { database, begin, close } = useOffices();

const target = 'cp311-linux_x86_64';
const cells = (name: string, version: string | null = null, at: string | null = null) => ({
  package: name,
  version,
  target: at,
});
const cellOf = async ({ control }: RunningOffice, name: string) =>
  (await control.ask('PACKAGE', { package: name })).versions[0]?.cells[0];

test('a skipped package is built by nobody, and what builds it stops; unskipped it is due again', async () => {
  await makePackage(database.pool, 'numpy', ['1.0', '2.0']);
  const office = await begin(['rock-1']);
  await untilBuilding(...office.slaves);
  const { done } = await office.control.ask('SKIP', { what: cells('NumPy'), why: 'no Fortran here' });
  expect(done).toEqual([
    { subject: 'numpy', text: 'It is skipped: no Fortran here. Builds under way are cancelled: 1.' },
  ]);
  await until(async () => expect(await queueOf(database.pool, 'numpy')).toEqual([]));
  expect(await cellOf(office, 'numpy')).toMatchObject({ state: 'skipped', text: 'no Fortran here' });
  expect(office.slaves[0]?.given).toHaveLength(1);

  expect((await office.control.ask('UNSKIP', cells('numpy', '1.0'))).refused).toEqual([
    {
      subject: 'numpy 1.0',
      text: 'It is not skipped by itself; a skip may cover more: see "piw-control package numpy".',
    },
  ]);
  expect((await office.control.ask('UNSKIP', cells('numpy'))).done).toEqual([
    { subject: 'numpy', text: 'It is built again.' },
  ]);
  await until(() => expect(office.slaves[0]?.given).toHaveLength(2));
});

test('one target of one version is skipped without touching the others', async () => {
  await makePackage(database.pool, 'scipy', ['1.0', '2.0']);
  const office = await begin();
  await office.control.ask('SKIP', { what: cells('scipy', '2.0', target), why: 'later' });
  expect(await queueOf(database.pool, 'scipy')).toEqual(['scipy 1.0 cp311 ready']);
});

test('a job is moved to the front, to the back, and to its usual place', async () => {
  await makePackage(database.pool, 'first', ['2.0']);
  await makePackage(database.pool, 'second', ['1.0']);
  const { control } = await begin();
  const heads = async () =>
    (await control.ask('QUEUE', { target, limit: 10 })).jobs.map((job) => `${job.package} ${job.priority}`);
  const move = (name: string, to: 'front' | 'back' | 'usual') => control.ask('PRIORITISE', { cells: cells(name), to });
  await move('second', 'front');
  expect(await heads()).toEqual(['second request', 'first backlog']);
  await move('second', 'usual');
  expect(await heads()).toHaveLength(2);
  expect((await heads()).every((job) => job.endsWith('backlog'))).toBe(true);
  expect((await move('first', 'back')).done).toEqual([{ subject: 'first', text: 'It comes after everything else.' }]);
});

test('who moves what does not wait is told so, and how it is built again', async () => {
  await makePackage(database.pool, 'settled', ['1.0']);
  const { control } = await begin();
  await control.ask('SKIP', { what: cells('settled'), why: 'not today' });
  const move = (to: 'front' | 'usual', at: string | null) =>
    control.ask('PRIORITISE', { cells: cells('settled', at === null ? null : '1.0', at), to });
  expect((await move('front', target)).done).toEqual([
    {
      subject: `settled 1.0 for ${target}`,
      text:
        'Nothing of it waits; it will come before everything else when it does. ' +
        `What failed of it is tried again with R, or: piw-control retry settled==1.0 --target ${target}`,
    },
  ]);
  expect((await move('usual', null)).done[0]?.text).toMatch(/^Nothing of it waits; .*: piw-control retry settled$/);
  await control.ask('UNSKIP', cells('settled'));
  expect((await move('front', target)).done[0]?.text).toBe('It comes before everything else.');
});

test('what is withdrawn is asked for by nobody, and its build stops', async () => {
  await makePackage(database.pool, 'numpy', ['1.0'], { asked: true });
  const office = await begin(['rock-1']);
  await untilBuilding(...office.slaves);
  const { done } = await office.control.ask('WITHDRAW', cells('numpy', '1.0'));
  expect(done[0]?.text).toBe(
    'It is no longer asked for; the farm builds it in its turn all the same. To be rid of it, skip it. ' +
      'Builds under way are cancelled: 1.',
  );
  await until(() => expect(office.ended).toMatchObject([{ outcome: 'cancelled', reason: { kind: 'withdrawn' } }]));
  const { jobs } = await office.control.ask('QUEUE', { target: null, limit: 10 });
  expect(jobs).toMatchObject([{ package: 'numpy', priority: 'backlog' }]);
});

test('what nobody asked for cannot be withdrawn, and what is settled leaves the queue', async () => {
  await makePackage(database.pool, 'numpy');
  const { control } = await begin();
  expect(await control.ask('WITHDRAW', cells('numpy'))).toEqual({
    done: [],
    refused: [
      {
        subject: 'numpy',
        text: 'Nobody asked for it; the farm builds it in its turn all the same. To be rid of it, skip it.',
      },
    ],
  });
  await control.ask('SKIP', { what: cells('numpy'), why: 'not today' });
  await control.ask('PRIORITISE', { cells: cells('numpy'), to: 'front' });
  expect((await control.ask('WITHDRAW', cells('numpy'))).done).toEqual([
    { subject: 'numpy', text: 'It is no longer asked for, and it is not in the queue.' },
  ]);
});

test('the build of a slave that is away is stopped without it', async () => {
  await makePackage(database.pool, 'numpy');
  const before = await begin(['rock-1']);
  await untilBuilding(...before.slaves);
  await close();

  const office = await begin([], { epoch: 2 });
  await office.control.ask('SKIP', { what: cells('numpy'), why: 'not today' });
  expect(await cellOf(office, 'numpy')).toMatchObject({ state: 'skipped', outcome: 'skipped' });
});

test('what failed is tried again when it fits what is given, and nothing is no failure', async () => {
  await makePackage(database.pool, 'numpy');
  const office = await begin(['rock-1']);
  const [slave] = office.slaves;
  await untilBuilding(...office.slaves);
  const attempt = slave?.given[0] ?? 0;
  const reason = { kind: 'missing-header', subject: 'ffi.h', text: 'ffi.h is missing' } as const;
  const built = { attempt, outcome: 'failure', reason, steps: [], logBytes: 0, files: [] } as const;
  slave?.says({ type: 'BUILT', body: { ...built, steps: [], files: [] } });
  await until(() => expect(office.ended).toHaveLength(1));

  const anything = { package: null, version: null, target: null, outcome: null, reason: null, subject: null };
  const retry = (filter: Partial<typeof anything> | Record<string, string>) =>
    office.control.ask('RETRY', { ...anything, ...filter });
  expect(await retry({ subject: 'zlib.h' })).toEqual({
    done: [],
    refused: [{ subject: 'zlib.h', text: 'Nothing of it failed.' }],
  });
  await expect(retry({ package: 'nunpy' })).rejects.toThrow('There is no package nunpy here.');
  expect((await retry({ reason: 'missing-header', subject: 'ffi.h' })).done).toEqual([
    { subject: `numpy 1.0 for ${target}`, text: 'It is tried again after its failure.' },
  ]);
  await until(() => expect(slave?.given).toHaveLength(2));
});

test('what failed is tried on the slave that is named, which is the one that is given it', async () => {
  await makePackage(database.pool, 'numpy');
  const office = await begin(['rock-1']);
  const [first] = office.slaves;
  await untilBuilding(...office.slaves);
  const built = { outcome: 'failure', reason: null, steps: [], logBytes: 0, files: [] } as const;
  first?.says({ type: 'BUILT', body: { ...built, attempt: first.given[0] ?? 0, steps: [], files: [] } });
  await until(() => expect(office.ended).toHaveLength(1));
  const second = new RemoteSlave(office.driver.address, 'rock-2', [offer]);
  await until(() => expect(second.model.welcomed).toBe(true));

  const attempt = (slave: string, version = '1.0') =>
    office.control.ask('TRY', { package: 'numpy', version, target, slave });
  await expect(attempt('rock-3')).rejects.toThrow('There is no slave rock-3.');
  await expect(attempt('rock-2', '9.0')).rejects.toThrow('numpy has no version 9.0 here.');
  expect(await attempt('rock-2')).toEqual({
    done: [{ subject: `numpy 1.0 for ${target}`, text: 'rock-2 tries it after its failure.' }],
    refused: [],
  });
  await until(() => expect(second.given).toHaveLength(1));
  expect(first?.given).toHaveLength(1);
  expect((await attempt('rock-2')).refused).toEqual([
    { subject: `numpy 1.0 for ${target}`, text: 'Nothing of it failed.' },
  ]);
});

test('an offered target is added, preferred, retired and brought back; an unknown one is not', async () => {
  const office = await begin();
  const { control } = office;
  const name = 'cp312-linux_x86_64';
  await expect(control.ask('ADD_TARGET', { target: name })).rejects.toThrow(`No slave offers ${name}`);
  await expect(control.ask('RETIRE_TARGET', { target: 'cp31-linux_x86_64' })).rejects.toThrow(`Is it ${target}?`);
  const offers = [offer, { ...offer, abi: 'cp312', python: '3.12' }];
  const slave = new RemoteSlave(office.driver.address, 'rock-2', offers);
  await until(() => expect(slave.model.welcomed).toBe(true));
  expect((await control.ask('TARGETS', {})).offered).toEqual([{ target: name, by: ['rock-2'] }]);

  await control.ask('ADD_TARGET', { target: name });
  await control.ask('PREFER_TARGET', { target: name, preferred: true });
  const targetNow = async () => (await control.ask('TARGETS', {})).targets.find((one) => one.target === name);
  expect(await targetNow()).toMatchObject({ preferred: true, retired: false, python: '3.12' });
  await makePackage(database.pool, 'only-here', ['1.0'], { requiresPython: '>=3.12' });
  office.premises.bulletin.emit('queue', [1]);
  await untilBuilding(slave);

  await control.ask('PREFER_TARGET', { target: name, preferred: false });
  const journal = await control.ask('JOURNAL', { limit: 2, before: null });
  expect(journal.entries.map(({ order }) => order)).toEqual(['UNPREFER_TARGET', 'PREFER_TARGET']);
  await control.ask('RETIRE_TARGET', { target: name });
  expect(await targetNow()).toMatchObject({ retired: true });
  expect((await control.ask('RETIRE_TARGET', { target: name })).refused[0]?.text).toBe('It is retired already.');
  slave.close();
  expect((await control.ask('ADD_TARGET', { target: name })).done).toEqual([
    { subject: name, text: 'The farm builds for it.' },
  ]);
  expect((await control.ask('ADD_TARGET', { target: name })).refused[0]?.text).toBe('The farm has it already.');
  await control.ask('RETIRE_TARGET', { target: name });
});

test('a recipe decides which slaves a package may go to, and is taken back', async () => {
  await makePackage(database.pool, 'hungry');
  await makePackage(database.pool, 'modest');
  const office = await begin();
  const recipe = { needs: { memory: 8e9 }, timeoutMs: 7_200_000 };
  const { done } = await office.control.ask('RECIPE', { package: 'Hungry', recipe });
  expect(done).toEqual([
    { subject: 'hungry', text: `It is built by this recipe from now on: ${JSON.stringify(recipe)}` },
  ]);
  expect(await office.control.ask('PACKAGE', { package: 'hungry' })).toMatchObject({ recipe });
  const slave = new RemoteSlave(office.driver.address, 'rock-1');
  await until(() => expect(slave.given).toHaveLength(1));
  expect(await queueOf(database.pool)).toEqual(['hungry 1.0 cp311 ready', 'modest 1.0 cp311 leased']);
  slave.model.finish();
  await office.control.ask('RECIPE', { package: 'hungry', recipe: null });
  await until(() => expect(slave.given).toHaveLength(2));
  slave.close();
});

test('a recipe that nobody could follow is refused with what is wrong with it', async () => {
  await makePackage(database.pool, 'hungry');
  const { control } = await begin();
  const recipe = { timeoutMs: -1 };
  await expect(control.ask('RECIPE', { package: 'hungry', recipe })).rejects.toThrow('recipe.timeoutMs');
  await expect(control.ask('RECIPE', { package: 'unheard-of', recipe: null })).rejects.toThrow('unheard-of');
});

test('a target may have an alias where it can be told which code runs there, and no other', async () => {
  const { control } = await begin();
  const { refused } = await control.ask('ALIAS_TARGET', { target, platform: 'linux_armv6l' });
  expect(refused[0]?.text).toContain('what can be told is linux_armv6l of linux_armv7l');
  await makeTarget(database.pool, 'cp311', 'linux_armv7l');
  const alias = { target: 'cp311-linux_armv7l', platform: 'linux_armv6l' };
  expect((await control.ask('ALIAS_TARGET', alias)).done[0]?.text).toContain('published for linux_armv6l too');
  expect((await control.ask('ALIAS_TARGET', { ...alias, platform: null })).done).toHaveLength(1);
});
