import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { Allowance } from './keys/allowance.ts';
import { Turns } from './turns.ts';

/** Work that is told of when it begins, and ends when it is let. */
function workshop() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<void>((resolve) => {
      begun.push(name);
      ends.set(name, resolve);
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)!();
    await nextTurn();
  };
  return { begun, work, end };
}

test('of one’s work some is done at once and some waits in its order, and no other waits for it', async () => {
  const { begun, work, end } = workshop();
  const turns = new Turns({ atOnce: 2, mostWaiting: 2 });
  const taken = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => turns.take('ann', work(name)));
  expect(taken).toEqual([true, true, true, true, false]);
  turns.take('bob', work('b1'));
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await end('a2');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  expect(turns.take('ann', work('a6'))).toBe(true);
});

test('what is more than one’s allowance is done when it has come back', async () => {
  const { begun, work } = workshop();
  let nowMs = 0;
  const allowance = new Allowance(2, 50, () => nowMs);
  const turns = new Turns({ atOnce: 10, mostWaiting: 10, allowances: [allowance] });
  for (const name of ['a1', 'a2', 'a3'])
    turns.take('ann', () => {
      allowance.spend('ann', 1);
      return work(name)();
    });
  await nextTurn();
  expect(begun).toEqual(['a1', 'a2']);
  nowMs = 1000;
  await vi.waitFor(() => expect(begun).toEqual(['a1', 'a2', 'a3']));
});

test('what waits when all is cleared is never done', async () => {
  const { begun, work, end } = workshop();
  const turns = new Turns({ atOnce: 1, mostWaiting: 10 });
  for (const name of ['a1', 'a2']) turns.take('ann', work(name));
  turns.clear();
  await end('a1');
  expect(begun).toEqual(['a1']);
});
