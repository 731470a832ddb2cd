import { expect, test } from 'vitest';
import { everyBound, everyDialled } from './socket-bounds.ts';

test('those that dial ask whether the other end lives, and those that listen never do', () => {
  expect(everyDialled).toMatchObject({ heartbeatInterval: 10_000, heartbeatTimeToLive: 30_000 });
  expect(Object.keys(everyBound).filter((name) => name.startsWith('heartbeat'))).toEqual([]);
});

test('a connection that takes nothing is cut, and what was said to it is kept no longer', () => {
  expect(everyBound.tcpMaxRetransmitTimeout).toBe(30_000);
});
