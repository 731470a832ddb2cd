import { keepHistory } from '@piw/db/keep-history';
import { endOne, makePackage, makeSlave, takeOne } from '@piw/db/testing/small-farm';
import { expect, test } from 'vitest';
import { offer, type RemoteSlave } from '../drive-slaves/testing/remote-slave.ts';
import { until, untilBuilding, useOffices } from './testing/office-with-slaves.ts';

const { database, begin } = useOffices();
const target = 'cp311-linux_x86_64';
const about = (name: string, version: string | null = null, at: string | null = null) => ({
  package: name,
  version,
  target: at,
});

test('a job that waits tells that nobody builds for its target, then that somebody will', async () => {
  await makePackage(database.pool, 'numpy', ['1.0', '2.0']);
  const alone = await begin();
  expect((await alone.control.ask('WHY', about('numpy'))).reasons).toEqual([
    { subject: `numpy 2.0 ${target}`, kind: 'no-slave', text: `No slave builds for ${target}.`, attempt: null },
  ]);
  const { control } = await begin(['rock-1', 'rock-2'], { epoch: 2 });
  await until(async () => {
    const { reasons } = await control.ask('WHY', about('numpy', '1.0', target));
    expect(reasons[0]).toMatchObject({
      kind: 'building',
      text: expect.stringMatching(/^rock-[12] builds it/) as string,
    });
  });
});

test('a slave without work tells what it waits for: others, an operator, or work at all', async () => {
  const { control, slaves } = await begin(['rock-1']);
  const why = async () => (await control.ask('WHY', { slave: 'rock-1' })).reasons[0]!;
  await until(async () =>
    expect(await why()).toMatchObject({ kind: 'nothing-waits', text: `Nothing waits for ${target}.` }),
  );
  await control.ask('PAUSE', { slaves: ['rock-1'], why: 'new fan' });
  expect((await why()).text).toMatch(/^rock-1 is paused by ada@desk for 1s: new fan\.$/);
  await control.ask('RESUME', { slaves: ['rock-1'] });
  await makePackage(database.pool, 'scipy');
  slaves[0]!.says({ type: 'BYE', body: {} });
  await until(async () => expect((await why()).kind).toBe('away'));
  await expect(control.ask('WHY', { slave: 'rock-7' })).rejects.toThrow('There is no slave rock-7. Is it rock-1?');
});

test('a slave that was here before this master began tells when that was', async () => {
  await makeSlave(database.pool, 'yesterday');
  await database.pool.query(`update slaves set last_seen_at = now() - interval '26 h' where label = 'yesterday'`);
  const { control } = await begin();
  expect((await control.ask('WHY', { slave: 'yesterday' })).reasons).toEqual([
    { subject: 'yesterday', kind: 'away', text: 'yesterday was last seen 1d2h ago.', attempt: null },
  ]);
});

test('a retired target, an unknown version and an unknown package are told as what they are', async () => {
  const { pool } = database;
  await makePackage(pool, 'old');
  await pool.query(`insert into targets (abi, platform, python, implementation, tags, retired_at)
    values ('cp27', 'linux_x86_64', '2.7', 'cpython', '{x}', now()) on conflict do nothing`);
  const { control } = await begin();
  const { reasons } = await control.ask('WHY', about('old', null, 'cp27-linux_x86_64'));
  expect(reasons).toMatchObject([{ subject: 'old 1.0 cp27-linux_x86_64', kind: 'retired' }]);
  await expect(control.ask('WHY', about('old', '9.0'))).rejects.toThrow('old has no version 9.0 here.');
  await expect(control.ask('WHY', about('odl'))).rejects.toMatchObject({ remedy: 'Add it: piw-add odl' });
});

test('failures come with what mends them, and go when they are tried again', async () => {
  const { pool } = database;
  await makePackage(pool, 'cffi');
  const { rows } = await pool.query<{ id: number }>('select target_id as id from targets where abi = $1', [offer.abi]);
  const { attempt } = (await takeOne(pool, await makeSlave(pool, 'maker'), [rows[0]!.id]))!;
  const reason = { kind: 'missing-header', subject: 'ffi.h', text: 'The header ffi.h is missing.' } as const;
  await endOne(pool, attempt, { reason });
  const { control } = await begin();
  const ask = { sinceMs: null, limit: 10 };
  expect((await control.ask('FAILURES', ask)).groups).toMatchObject([
    { ...reason, builds: 1, packages: 1, attempt, remedy: expect.stringMatching(/^Install libffi-dev /) as string },
  ]);
  expect((await control.ask('WHY', about('cffi'))).reasons).toMatchObject([{ kind: 'failed', attempt }]);
  const retry = { package: null, version: null, target: null, outcome: null, reason: reason.kind, subject: 'ffi.h' };
  await control.ask('RETRY', retry);
  expect((await control.ask('FAILURES', ask)).groups).toEqual([]);
});

test('history is told of who is there, up to now, and of nobody else', async () => {
  const { pool } = database;
  await makePackage(pool, 'pandas');
  const office = await begin(['rock-1']);
  const [slave] = office.slaves as [RemoteSlave];
  await untilBuilding(slave);
  const atMs = Math.floor((Date.now() - 600_000) / 60_000) * 60_000;
  const figures = { building: [0, 1, 1, null, 1, 1], success: [0, 0, 2, null, 0, 1] };
  await keepHistory(pool, [{ kind: 'slave', name: 'rock-1', stepMs: 10_000, atMs, figures }]);
  const ask = { series: ['building' as const, 'success' as const], fromMs: atMs, toMs: atMs + 60_000, points: 100 };
  expect(await office.control.ask('HISTORY', { subject: { of: 'slave', slave: 'rock-1' }, ...ask })).toEqual({
    ...{ fromMs: atMs, stepMs: 10_000 },
    series: { building: [0, 1, 1, null, 1, 1], success: [0, 0, 2, null, 0, 1] },
  });
  expect(await office.control.ask('HISTORY', { subject: { of: 'target', target }, ...ask, points: 3 })).toMatchObject({
    ...{ stepMs: 20_000, series: { building: [null, null, null] } },
  });
  await expect(office.control.ask('HISTORY', { subject: { of: 'slave', slave: 'rock-9' }, ...ask })).rejects.toThrow(
    'There is no slave rock-9. Is it rock-1?',
  );
});
