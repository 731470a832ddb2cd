import { expect, test } from 'vitest';
import { mapInTurns } from './in-turns.ts';

test('others have their turn while much is worked on, and all comes out in its order', async () => {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const slowly = (n: number): number => {
    for (const endMs = performance.now() + 1; performance.now() < endMs; );
    return n * 2;
  };
  expect(await mapInTurns([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], slowly)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  isOver = true;
  expect(turns).toBeGreaterThan(1);
});
