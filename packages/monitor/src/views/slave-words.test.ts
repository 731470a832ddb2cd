import { boardOf } from '@piw/wire/status-board';
import { snapshot } from '@piw/wire/status-protocol';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { doing } from './slave-words.ts';

const task = {
  ...{ attempt: 7, package: 'numpy', version: '2.0', target: 'cp311-linux_x86_64' },
  ...{ sinceMs: nowMs, deadlineMs: nowMs + 60_000, step: 'build' },
};

test.each([
  ['then leaves', { state: 'draining', recalled: false }],
  ['then restarts', { state: 'draining', recalled: true }],
  ['then paused', { state: 'building', paused: { by: 'ann', sinceMs: nowMs, why: 'a new fan' } }],
] as const)('a slave that builds tells what comes then: %s', (then, change) => {
  const { slaves } = snapshot.parse({ ...farmWith([]), slaves: [{ ...slaveLike(1, 'rock-1'), task, ...change }] });
  expect(doing(slaves[0]!, boardOf(farmWith([])), nowMs).text).toBe(`build    numpy 2.0, ${then}`);
});

test.each([
  ['idle', 0, 30_000, 'idle'],
  ['idle', 0, 42_000, 'silent for 42s: idle'],
  ['building', 0, 60_000, 'silent for 1m: build    numpy 2.0'],
  ['lost', -10_000, 42_000, 'lost: last heard 10s ago'],
] as const)(
  'a slave that is %s and still counted on is silent after half a minute, by its master’s clock',
  (state, heard, later, told) => {
    const board = boardOf(farmWith([]));
    const clockMs = board.farm.vitals!.clockMs;
    const late = { ...board, farm: { ...board.farm, vitals: { ...board.farm.vitals!, clockMs: clockMs + later } } };
    const slave = slaveLike(1, 'rock-1', {
      state,
      heardMs: state === 'lost' ? nowMs + heard : clockMs,
      task: state === 'building' ? task : null,
    });
    expect(doing(slave, late, nowMs).text).toBe(told);
  },
);
