import { expect, test } from 'vitest';
import { fromSlave } from './slave-protocol.ts';

const withCapabilities = (count: number) =>
  fromSlave.HELLO.shape.capabilities.safeParse(
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`c${n}`, n])),
  );

test('a slave tells of a hundred capabilities at most', () => {
  expect([100, 101].map((count) => withCapabilities(count).success)).toEqual([true, false]);
});
