import { expect, test } from 'vitest';
import { clearAttention, listAttention, raiseAttention } from './attention.ts';
import { nameFarm, nextEpoch, pauseFarm, readFarm } from './farm.ts';
import { readJournal, writeJournal } from './journal.ts';
import { knowSlave, listSlaves, pauseSlaves, touchSlaves } from './slaves.ts';
import { useDatabase } from './testing/use-database.ts';

const database = useDatabase();
const pause = { by: 'ann', sinceMs: 1_700_000_000_000, why: 'too hot' };

test('the journal is read from its newest entry backwards', async () => {
  for (const n of [1, 2, 3])
    await writeJournal(database.pool, { who: 'ann', order: 'pause', subject: `rock-${n}`, text: 'x'.repeat(3000) });
  const [newest, second] = await readJournal(database.pool, { limit: 2, before: null });
  expect([newest?.subject, second?.subject]).toEqual(['rock-3', 'rock-2']);
  expect(await readJournal(database.pool, { limit: 9, before: second!.entry })).toMatchObject([{ subject: 'rock-1' }]);
});

test('what needs a human is raised once and cleared once, and may be raised again', async () => {
  const full = { kind: 'disk-low', subject: 'master', text: '1 GiB left', remedy: 'Make room' };
  expect(await raiseAttention(database.pool, full)).toMatchObject(full);
  expect(await raiseAttention(database.pool, full)).toBeUndefined();
  expect(await listAttention(database.pool)).toHaveLength(1);
  expect((await clearAttention(database.pool, 'disk-low', 'master'))?.clearedMs).toBeGreaterThan(0);
  expect(await clearAttention(database.pool, 'disk-low', 'master')).toBeUndefined();
  expect(await raiseAttention(database.pool, full)).toBeDefined();
});

test('a label belongs to its owner, whose new instance takes over with its pause', async () => {
  const rock = { label: 'rock-1', owner: 'key 1', instance: 'a', hello: { host: 'rock' } };
  const first = await knowSlave(database.pool, rock);
  expect(first).toMatchObject({ isNew: true, paused: null });
  expect(await pauseSlaves(database.pool, ['rock-1', 'nobody'], pause)).toEqual([
    { slaveId: first!.slaveId, label: 'rock-1' },
  ]);
  expect(await knowSlave(database.pool, { ...rock, instance: 'b' })).toMatchObject({
    slaveId: first!.slaveId,
    isNew: false,
    paused: pause,
  });
  expect(await knowSlave(database.pool, { ...rock, owner: 'key 2' })).toBeUndefined();
  expect(await pauseSlaves(database.pool, 'all', null)).toHaveLength(1);
  await touchSlaves(database.pool, [first!.slaveId]);
  expect(await listSlaves(database.pool)).toMatchObject([{ label: 'rock-1', instance: 'b', paused: null }]);
});

test('the farm keeps its name and its pause, and every master has a later epoch', async () => {
  await nameFarm(database.pool, 'attic');
  await pauseFarm(database.pool, pause);
  const before = await readFarm(database.pool);
  expect(before).toMatchObject({ name: 'attic', paused: pause });
  expect(await nextEpoch(database.pool)).toBe(before.epoch + 1);
  await pauseFarm(database.pool, null);
  expect(await readFarm(database.pool)).toMatchObject({ paused: null });
});
