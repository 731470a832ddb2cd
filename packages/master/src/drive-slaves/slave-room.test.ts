import type { Hello } from '@piw/wire/slave-protocol';
import { expect, test } from 'vitest';
import { openBulletin } from '../bulletin.ts';
import { Registry } from './registry.ts';
import type { Sessions } from './sessions.ts';
import type { Slave } from './slave.ts';
import { mostOfOwner, SlaveRoom } from './slave-room.ts';
import { vitals } from './testing/slave-model.ts';

const limits = { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 };

/** Offers whose tags nobody else has, unless somebody comes with the same seed. */
const offers = (seed: string, count: number, tags = 5000): Hello['targets'] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ abi: `cp3${n}`, platform: 'linux_x86_64', python: `3.${n}`, implementation: 'cpython' },
    tags: Array.from({ length: tags }, (_, tag) => `${seed}-${n}-${tag}`),
  }));

const hello = (owner: string, label: string, targets: Hello['targets'] = []): Hello => ({
  ...{ n: 1, instance: '1', protocols: [1], software: '1', owner, label, host: 'den', targets },
  ...{ capabilities: { os: 'linux' }, limits, holds: null, vitals },
});

/** A room, how to seat a slave in it, and who was taken off the board. */
function openRoom() {
  const registry = new Registry();
  const bulletin = openBulletin();
  const gone: number[] = [];
  bulletin.on('gone', (slaveId) => gone.push(slaveId));
  const room = new SlaveRoom({ premises: { bulletin }, registry } as unknown as Sessions);
  let count = 0;
  const seat = (said: Hello, phase: 'absent' | 'ready' = 'ready'): void => {
    const slaveId = ++count;
    const slave = { slaveId, heardMs: slaveId, peer: '', hello: room.keep(said, []), session: { state: { phase } } };
    registry.seat(slave as unknown as Slave, `peer-${slaveId}`);
  };
  return { room, registry, seat, gone };
}

test('one key has a thousand slaves here at most: another takes the place of one that is away, and other keys have theirs', () => {
  const { room, seat, gone } = openRoom();
  seat(hello('key ann', 'ann-away'), 'absent');
  for (let n = 1; n < mostOfOwner; n += 1) seat(hello('key ann', `ann-${n}`));
  expect([room.refusal(hello('key ann', 'one-more')), gone]).toEqual([undefined, [1]]);
  seat(hello('key ann', 'one-more'));
  expect(room.refusal(hello('key ann', 'too-many'))).toBe(
    'There are 1000 slaves with its key already: give it another key.',
  );
  expect(room.refusal(hello('key ann', 'ann-7'))).toBeUndefined();
  expect(room.refusal(hello('key bob', 'bobs'))).toBeUndefined();
});

test('what slaves with one key offer is kept once where it is the same, and refused where it is more than is kept of one key', () => {
  const { room, registry, seat } = openRoom();
  for (let n = 0; n < 100; n += 1) seat(hello('key ann', `same-${n}`, offers('same', 4)));
  const [first, last] = [registry.byLabel('same-0')!, registry.byLabel('same-99')!];
  expect(last.hello.targets[3]).toBe(first.hello.targets[3]);
  for (let n = 0; n < 7; n += 1) seat(hello('key ann', `other-${n}`, offers(`other-${n}`, 4)));
  expect(
    room.refusal(hello('key ann', 'same-100', room.keep(hello('', '', offers('same', 4)), [])!.targets)),
  ).toBeUndefined();
  const different = hello('key ann', 'different', offers('different', 4));
  expect(room.refusal(different)).toBe(
    'The slaves with its key offer more than is kept of one key: give it another key.',
  );
  expect(room.refusal({ ...different, owner: 'key bob' })).toBeUndefined();
});

test('what slaves that are away had offered makes room for those that come', () => {
  const { room, seat, gone } = openRoom();
  for (let n = 0; n < 8; n += 1) seat(hello('key ann', `away-${n}`, offers(`away-${n}`, 4)), 'absent');
  expect([room.refusal(hello('key ann', 'new', offers('new', 4))), gone]).toEqual([undefined, [1]]);
});

test('of what one key has waiting so much is kept, and no more', () => {
  const { room } = openRoom();
  const waiting: Hello[] = [];
  for (let n = 0; n < 20; n += 1) {
    const kept = room.keep(hello('key ann', `ann-${n}`, offers(`ann-${n}`, 4)), waiting);
    if (kept) waiting.push(kept);
  }
  expect(waiting.length).toBeGreaterThan(5);
  expect(waiting.length).toBeLessThan(12);
  expect(room.keep(hello('key bob', 'bobs', offers('bobs', 4)), waiting)).toBeDefined();
});
