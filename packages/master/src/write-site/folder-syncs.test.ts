import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FolderSyncs } from './folder-syncs.ts';

/** Syncs that end when they are let, and which began. */
function disk(rest: () => Promise<unknown> = () => Promise.resolve()) {
  const begun: string[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const syncs = new FolderSyncs((folder) => {
    begun.push(folder);
    return new Promise((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  }, rest);
  const end = async (error?: Error): Promise<void> => {
    ends.shift()!(error);
    await nextTurn();
  };
  return { begun, syncs, end };
}

test('who comes while a folder is being synced waits for one sync that begins after that, with all others', async () => {
  const { begun, syncs, end } = disk();
  const over: string[] = [];
  for (const name of ['first', 'second', 'third']) void syncs.sync('logs').then(() => over.push(name));
  void syncs.sync('other');
  expect(begun).toEqual(['logs', 'other']);
  await end();
  expect([begun, over]).toEqual([['logs', 'other', 'logs'], ['first']]);
  await end();
  await end();
  expect(over).toEqual(['first', 'second', 'third']);
  void syncs.sync('logs');
  expect(begun).toHaveLength(4);
});

test('who comes a moment after a folder was synced waits with all others of that moment, and who comes later for nobody', async () => {
  const rests: (() => void)[] = [];
  const { begun, syncs, end } = disk(() => new Promise<void>((resolve) => rests.push(resolve)));
  const first = syncs.sync('logs');
  await end();
  await first;
  const others = [syncs.sync('logs'), syncs.sync('logs')];
  await nextTurn();
  expect(begun).toEqual(['logs']);
  rests.shift()!();
  await nextTurn();
  expect(begun).toEqual(['logs', 'logs']);
  await end();
  await Promise.all(others);
  rests.shift()!();
  await nextTurn();
  void syncs.sync('logs');
  expect(begun).toHaveLength(3);
});

test('a sync that fails is told to those that waited for it, and to nobody that came later', async () => {
  const { syncs, end } = disk();
  const first = syncs.sync('logs');
  const second = syncs.sync('logs');
  void end(new Error('EIO'));
  await expect(first).rejects.toThrow('EIO');
  await nextTurn();
  await end();
  await expect(second).resolves.toBeUndefined();
});

test('of a new folder, every one that has a new name in it is synced', async () => {
  const begun: string[] = [];
  const syncs = new FolderSyncs((folder) => Promise.resolve(void begun.push(folder)));
  await syncs.syncNew('/www/logs/0001/2345', '/www/logs/0001');
  expect(begun).toEqual(['/www/logs/0001', '/www/logs', '/www/logs/0001/2345']);
});
