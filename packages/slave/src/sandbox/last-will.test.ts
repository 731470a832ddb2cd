import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { entersBook, LastWill } from './last-will.ts';
import { childFinder, isDead } from './process-tree.ts';

const enter = async (will: LastWill) => {
  const words = ['-c', `${entersBook}; echo entered; exec sleep 600`];
  const child = spawn('/bin/sh', words, { detached: true, stdio: ['ignore', 'pipe', 'ignore', 'ignore', will.book()] });
  await once(child.stdout!, 'data');
  return child;
};

test('when nobody writes into the book any more, those who are in it are killed, and those who were struck out are not', async () => {
  const will = new LastWill();
  const [left, ended] = [await enter(will), await enter(will)];
  will.strike(ended.pid!);
  will.book().end();
  expect(await once(left, 'exit')).toEqual([null, 'SIGKILL']);
  expect(isDead(ended.pid!)).toBe(false);
  ended.kill('SIGKILL');
  await once(ended, 'exit');
});

test('a book whose executor was killed is replaced: what is started then is in the new one', async () => {
  const children = childFinder();
  const before = children(process.pid);
  const will = new LastWill();
  const gone = once(will.book(), 'close');
  const [executor] = children(process.pid).filter((pid) => !before.includes(pid));
  process.kill(executor!, 'SIGKILL');
  await gone;
  const child = await enter(will);
  will.book().end();
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
});
