import { expect, test } from 'vitest';
import { slavePicture } from './status-protocol.ts';
import { exampleSlave } from './testing/example-farm.ts';

test('no slave on the board is called longer than one may call itself', () => {
  const named = (label: string): boolean => slavePicture.safeParse(exampleSlave(1, label)).success;
  expect([100, 101].map((length) => named('x'.repeat(length)))).toEqual([true, false]);
});
