import { getHeapSpaceStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { giveBackMemory } from './give-back-memory.ts';

const youngBytes = () =>
  getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')!.physical_space_size;

test('what was young and is garbage is given back', async () => {
  const kept: unknown[] = [];
  for (let round = 0; round < 200_000; round += 1) kept.push({ round, text: `round ${round}` });
  const before = youngBytes();
  kept.splice(0);
  await giveBackMemory();
  expect(youngBytes()).toBeLessThan(before);
});
