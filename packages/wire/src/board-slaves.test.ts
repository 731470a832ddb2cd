import { expect, test } from 'vitest';
import { countSlavesByState, slaveLabelled, slavesInOrder } from './board-slaves.ts';
import { boardOf } from './status-board.ts';
import { exampleSlave, exampleSnapshot } from './testing/example-farm.ts';

const board = boardOf({
  ...exampleSnapshot(),
  slaves: [
    exampleSlave(1, 'pi-10'),
    exampleSlave(2, 'pi-2'),
    exampleSlave(3, 'nothing', []),
    exampleSlave(4, 'newer', ['cp313-linux_aarch64']),
    exampleSlave(5, 'older', ['cp39-linux_aarch64']),
    { ...exampleSlave(6, 'intel', ['pp311_pp73-linux_x86_64']), state: 'building' },
    exampleSlave(7, 'python', ['pp311_pp73-linux_aarch64']),
  ],
});

test('slaves are ordered by platform, then by the rank of their target, then by label as people count', () => {
  expect(slavesInOrder(board).map(({ label }) => label)).toEqual([
    'older',
    'pi-2',
    'pi-10',
    'newer',
    'python',
    'intel',
    'nothing',
  ]);
});

test('slaves are counted in every state, also in those that none is in', () => {
  expect(countSlavesByState(board)).toMatchObject({ idle: 6, building: 1, lost: 0 });
});

test('a slave is found by its label', () => {
  expect(slaveLabelled(board, 'pi-2')?.slave).toBe(2);
  expect(slaveLabelled(board, 'pi-3')).toBeUndefined();
});
