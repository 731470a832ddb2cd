import { expect, test } from 'vitest';
import { Registry } from './registry.ts';
import type { Slave } from './slave.ts';

/** A slave that was heard at a time, and is away or not. */
const aSlave = (slaveId: number, heardMs: number, phase: 'absent' | 'ready'): Slave =>
  ({
    slaveId,
    heardMs,
    peer: '',
    hello: { label: `rock-${slaveId}` },
    session: { state: { phase } },
  }) as unknown as Slave;

function seat(...slaves: Slave[]): Registry {
  const registry = new Registry(3);
  for (const slave of slaves) registry.seat(slave, `peer-${slave.slaveId}`);
  return registry;
}

test('a master that met many slaves has room for another where one is away: the one that was silent longest', () => {
  const registry = seat(aSlave(1, 30, 'absent'), aSlave(2, 10, 'ready'), aSlave(3, 20, 'absent'));
  expect(registry.isFull).toBe(true);
  const away = registry.longestAway()!;
  expect(away.slaveId).toBe(3);
  registry.remove(away);
  expect([registry.isFull, registry.byLabel('rock-3'), registry.byLabel('rock-1')?.slaveId]).toEqual([
    false,
    undefined,
    1,
  ]);
});

test('no slave that is here goes for another', () => {
  const registry = seat(...[1, 2, 3].map((id) => aSlave(id, id, 'ready')));
  expect([registry.isFull, registry.longestAway()]).toEqual([true, undefined]);
});
