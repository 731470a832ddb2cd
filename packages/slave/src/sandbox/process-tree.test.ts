import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { childFinder, childrenByParent, descendants, groupMembers, isDead } from './process-tree.ts';

/** A shell with two children, one of which has a child; resolves when all are there. */
async function family(): Promise<number> {
  const script = 'sleep 30 & sh -c "sleep 30 & echo ready; wait" & wait';
  const shell = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  onTestFinished(() => void process.kill(-shell.pid!, 'SIGKILL'));
  await once(shell.stdout, 'data');
  return shell.pid!;
}

test('children, grandchildren and nobody else descend from a process', async () => {
  const pid = await family();
  expect(descendants(pid)).toHaveLength(3);
  expect(descendants(pid)).not.toContain(pid);
  expect(descendants(process.pid)).toEqual(expect.arrayContaining([pid, ...descendants(pid)]));
});

test('looking at every process finds the same children as the kernel lists', async () => {
  const pid = await family();
  const listed = childFinder()(pid);
  expect(listed).toHaveLength(2);
  expect(childrenByParent()(pid).toSorted()).toEqual(listed.toSorted());
});

test('a process group has who is in it, and its end leaves nobody', async () => {
  const pid = await family();
  expect(groupMembers(pid).toSorted()).toEqual([pid, ...descendants(pid)].toSorted());
  expect(groupMembers(undefined)).toEqual([]);
});

test('a crowd is not counted to its end', async () => {
  const pid = await family();
  expect(descendants(pid, 1).length).toBeLessThan(3);
});

test('a zombie is as dead as a process that is gone', async () => {
  const pid = await family();
  const [child] = descendants(pid);
  expect(isDead(child!)).toBe(false);
  const sleeper = spawn('sleep', ['0']);
  await once(sleeper, 'exit');
  expect(isDead(sleeper.pid!)).toBe(true);
  expect(isDead(2 ** 22 + 1)).toBe(true);
});
