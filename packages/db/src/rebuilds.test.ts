import { beforeAll, expect, test } from 'vitest';
import { projectFiles } from './project-files.ts';
import { orderRebuilds } from './rebuilds.ts';
import { withdraw } from './requests.ts';
import { skip, unskip } from './skips.ts';
import {
  aFile,
  aName,
  aVersion,
  cells,
  endOne,
  makePackage,
  makeSlave,
  makeTarget,
  queueOf,
  takeOne,
} from './testing/small-farm.ts';
import { useDatabase } from './testing/use-database.ts';
import { inTransaction } from './transaction.ts';

const database = useDatabase();
let target: number;
let slave: number;
beforeAll(async () => {
  target = await makeTarget(database.pool, 'cp311');
  await makeTarget(database.pool, 'cp312');
  slave = await makeSlave(database.pool, 'rock-1');
});

const take = async () => (await takeOne(database.pool, slave, [target]))!;
const filesOf = async (name: string) => (await projectFiles(database.pool, [aName(name)])).get(aName(name));
const again = (name: string) =>
  inTransaction(database.pool, (tx) =>
    orderRebuilds(tx, { package: aName(name), version: aVersion('1.0'), target: null }, 'ann'),
  );
const cp311 = { abi: 'cp311', platform: 'linux_x86_64' };

/** A version whose wheel was built. */
async function built(name: string): Promise<void> {
  await makePackage(database.pool, name);
  await endOne(database.pool, (await take()).attempt, {
    outcome: 'success',
    files: [aFile(`${name}-1.0-py3-none-any.whl`)],
  });
}

test('what is built again on purpose has the next build number, and is listed beside what was there', async () => {
  await built('wheel');
  expect(await again('wheel')).toMatchObject({ rebuilds: [{ target: cp311, buildNumber: 1 }], woken: [target] });
  expect(await queueOf(database.pool, 'wheel')).toEqual(['wheel 1.0 cp311 ready']);
  const job = await take();
  expect(job).toMatchObject({ buildNumber: 1 });
  const file = aFile('wheel-1.0-1-py3-none-any.whl', { digit: 'b', buildTag: '1' });
  await endOne(database.pool, job.attempt, { outcome: 'success', files: [file] });
  const { files } = (await filesOf('wheel'))!;
  expect(files.map(({ filename }) => filename)).toEqual(['wheel-1.0-1-py3-none-any.whl', 'wheel-1.0-py3-none-any.whl']);
  expect(await queueOf(database.pool, 'wheel')).toEqual([]);
  expect((await again('wheel')).rebuilds).toMatchObject([{ buildNumber: 2 }]);
  await inTransaction(database.pool, (tx) => withdraw(tx, cells('wheel')));
});

test('a rebuild that fails leaves the wheel where it was, and is not tried again', async () => {
  await built('fragile');
  await again('fragile');
  await endOne(database.pool, (await take()).attempt, { outcome: 'failure' });
  expect(await queueOf(database.pool, 'fragile')).toEqual([]);
  expect((await filesOf('fragile'))!.files).toHaveLength(1);
});

test('a rebuild that is lost is due again under its number', async () => {
  await built('unlucky');
  await again('unlucky');
  await endOne(database.pool, (await take()).attempt, { outcome: 'cancelled' });
  expect(await take()).toMatchObject({ package: 'unlucky', buildNumber: 1 });
  await database.pool.query('delete from leases');
  await inTransaction(database.pool, (tx) => withdraw(tx, cells('unlucky')));
});

test('what has no wheel is not built again, nor what is being built again already', async () => {
  await makePackage(database.pool, 'bare');
  expect((await again('bare')).rebuilds).toEqual([]);
  await endOne(database.pool, (await take()).attempt, {
    outcome: 'success',
    files: [aFile('bare-1.0-py3-none-any.whl')],
  });
  expect((await again('bare')).rebuilds).toHaveLength(1);
  expect((await again('bare')).rebuilds).toEqual([]);
  await inTransaction(database.pool, (tx) => withdraw(tx, cells('bare')));
});

test('a rebuild that is withdrawn is not due any more', async () => {
  await built('regretted');
  await again('regretted');
  expect(await inTransaction(database.pool, (tx) => withdraw(tx, cells('regretted')))).toMatchObject({
    asked: true,
    due: false,
  });
  expect(await queueOf(database.pool, 'regretted')).toEqual([]);
});

test('a rebuild that is skipped is not due until it is unskipped, though a wheel is there', async () => {
  await built('disliked');
  await again('disliked');
  const word = { reason: 'it hangs', by: 'ann' };
  await inTransaction(database.pool, (tx) => skip(tx, cells('disliked'), word));
  expect(await queueOf(database.pool, 'disliked')).toEqual([]);
  await inTransaction(database.pool, (tx) => unskip(tx, cells('disliked')));
  expect(await queueOf(database.pool, 'disliked')).toEqual(['disliked 1.0 cp311 ready']);
  const { attempt } = await take();
  await inTransaction(database.pool, (tx) => skip(tx, cells('disliked'), word));
  await endOne(database.pool, attempt, { outcome: 'skipped' });
  expect(await queueOf(database.pool, 'disliked')).toEqual([]);
});

test('what is skipped is not ordered to be built again', async () => {
  await built('unwanted');
  await inTransaction(database.pool, (tx) => skip(tx, cells('unwanted'), { reason: 'it hangs', by: 'ann' }));
  expect((await again('unwanted')).rebuilds).toEqual([]);
  await inTransaction(database.pool, (tx) => unskip(tx, cells('unwanted')));
  expect((await again('unwanted')).rebuilds).toHaveLength(1);
  await inTransaction(database.pool, (tx) => withdraw(tx, cells('unwanted')));
});
