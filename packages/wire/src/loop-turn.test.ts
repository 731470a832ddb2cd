import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LoopTurn } from './loop-turn.ts';

test('a turn lasts from the first that is done in it, and is over after its time', () => {
  const turn = new LoopTurn(2);
  turn.begin(1000);
  turn.begin(1001);
  expect([turn.isOver(1001.9), turn.isOver(1002)]).toEqual([false, true]);
});

test('when others had theirs, the time that passed meanwhile counts for nobody', async () => {
  const turn = new LoopTurn(2);
  turn.begin(1000);
  await nextTurn();
  turn.begin(5000);
  expect([turn.isOver(5001), turn.isOver(5002)]).toEqual([false, true]);
});
