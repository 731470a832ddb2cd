import { aFile, endOne, makePackage, makeSlave, takeOne } from '@piw/db/testing/small-farm';
import { expect, test } from 'vitest';
import { offer, type RemoteSlave } from '../drive-slaves/testing/remote-slave.ts';
import { until, untilBuilding, useOffices } from './testing/office-with-slaves.ts';

const { database, begin } = useOffices();
const wheel = (name: string) => `${name}-1.0-cp311-cp311-linux_x86_64.whl`;
const anyBuild = {
  ...{ limit: 10, before: null, package: null, version: null, outcome: null, reason: null, slave: null },
  sinceMs: null,
};

/** A package with one wheel; the attempt that made it. */
async function publish(name: string, digit: string): Promise<number> {
  const { pool } = database;
  await makePackage(pool, name, ['1.0'], { asked: true });
  const { rows } = await pool.query<{ id: number }>('select target_id as id from targets where abi = $1', [offer.abi]);
  const taken = await takeOne(pool, await makeSlave(pool, `maker of ${name}`), [rows[0]?.id ?? 0]);
  await endOne(pool, taken!.attempt, { outcome: 'success', files: [aFile(wheel(name), { digit })] });
  return taken!.attempt;
}

test('a package shows which wheel serves which target, and where it is', async () => {
  await publish('made', 'a');
  await makePackage(database.pool, 'made', ['2.0'], { requiresPython: '>=3.20' });
  const { control } = await begin([], { options: { siteUrl: 'http://farm.example/wheels/' } });
  const { targets, versions } = await control.ask('PACKAGE', { package: 'Made' });
  expect(targets).toEqual(['cp311-linux_x86_64']);
  expect(versions).toMatchObject([
    { version: '2.0', asked: false, cells: [{ state: 'excluded', text: 'Requires-Python: >=3.20', url: null }] },
    {
      version: '1.0',
      asked: true,
      cells: [
        {
          state: 'file',
          outcome: 'success',
          file: wheel('made'),
          url: `http://farm.example/wheels/packages/aa/${'a'.repeat(62)}/${wheel('made')}`,
        },
      ],
    },
  ]);
});

test('an attempt shows its wheels and its log, relative to the site where nobody said where that is', async () => {
  const attempt = await publish('shown', 'b');
  const { control } = await begin();
  const { build, files, logUrl } = await control.ask('BUILD', { attempt });
  expect(build).toMatchObject({ package: 'shown', outcome: 'success', files: [wheel('shown')] });
  expect(files).toMatchObject([{ filename: wheel('shown'), url: `packages/bb/${'b'.repeat(62)}/${wheel('shown')}` }]);
  expect(logUrl).toMatch(/^logs\/0000\/0000\/\d{4}\.txt\.gz$/);
});

test('builds are found by what is known of them, and a typing error finds none but says so', async () => {
  const attempt = await publish('found', 'c');
  const { control } = await begin();
  const find = async (filter: object) => (await control.ask('BUILDS', { ...anyBuild, ...filter })).builds;
  expect(await find({ package: 'found' })).toMatchObject([{ attempt, slave: 'maker of found' }]);
  expect(await find({ slave: 'maker of found', outcome: 'success' })).toHaveLength(1);
  expect(await find({ package: 'found', outcome: 'failure' })).toEqual([]);
  await expect(find({ slave: 'maker of fund' })).rejects.toThrow('Is it maker of found?');
  await expect(find({ package: 'fund' })).rejects.toMatchObject({ remedy: 'Add it: piw-add fund' });
});

test('the log of a running build is read piece by piece', async () => {
  await makePackage(database.pool, 'talks');
  const office = await begin(['rock-1']);
  const [slave] = office.slaves as [RemoteSlave];
  await untilBuilding(slave);
  const [attempt = 0] = slave.given;
  slave.says({ type: 'LOG', body: { attempt, offset: 0, bytes: Buffer.from('hello, world') } });
  await until(() => expect(office.logs.length(attempt)).toBe(12));
  const part = await office.control.ask('LOG', { attempt, offset: 7, limit: 3 });
  expect({ ...part, bytes: Buffer.from(part.bytes).toString() }).toEqual({
    ...{ offset: 7, bytes: 'wor', sizeBytes: 12, ended: false },
  });
  expect(await office.control.ask('BUILD', { attempt })).toMatchObject({ logBytes: 12, logUrl: null });
});

test('what there never was is named with where to look', async () => {
  const { control } = await begin();
  await expect(control.ask('LOG', { attempt: 999_999, offset: 0, limit: 10 })).rejects.toMatchObject({
    message: 'There was never an attempt 999999.',
    remedy: '"piw-control builds" lists them.',
  });
  await expect(control.ask('BUILD', { attempt: 999_999 })).rejects.toThrow('There was never an attempt 999999.');
  await expect(control.ask('PACKAGE', { package: 'nowhere' })).rejects.toMatchObject({
    message: 'There is no package nowhere here.',
    remedy: 'Add it: piw-add nowhere',
  });
  await expect(control.ask('QUEUE', { target: 'cp311-linux_x86_46', limit: 1 })).rejects.toThrow(
    'There is no target cp311-linux_x86_46. Is it cp311-linux_x86_64?',
  );
});

test('the journal tells who ordered what, the latest first, a page at a time', async () => {
  await makePackage(database.pool, 'numpy');
  const { control } = await begin([], { from: 'grace@bench' });
  const cells = { package: 'numpy', version: null, target: null };
  await control.ask('SKIP', { what: cells, why: 'later' });
  await control.ask('UNSKIP', cells);
  const { entries } = await control.ask('JOURNAL', { limit: 1, before: null });
  expect(entries).toMatchObject([
    { who: 'grace@bench', order: 'UNSKIP', subject: 'numpy', text: 'It is built again.' },
  ]);
  const { entries: earlier } = await control.ask('JOURNAL', { limit: 1, before: entries[0]?.entry ?? null });
  expect(earlier).toMatchObject([{ order: 'SKIP', text: 'It is skipped: later.' }]);
});
