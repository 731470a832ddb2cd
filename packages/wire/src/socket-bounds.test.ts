import { expect, test } from 'vitest';
import { everyBound, everyDialled } from './socket-bounds.ts';

test('those that dial ask whether the other end lives, and those that listen never do', () => {
  expect(everyDialled).toMatchObject({ heartbeatInterval: 10_000, heartbeatTimeToLive: 30_000 });
  expect(Object.keys(everyBound).filter((name) => name.startsWith('heartbeat'))).toEqual([]);
});
