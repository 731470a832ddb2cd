import { boardOf } from '@piw/wire/status-board';
import { exampleSlave, exampleSnapshot } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { Recalls } from './recalls.ts';

test('a slave that is to restart is started once it has gone, and not while it builds', async () => {
  const recalls = new Recalls();
  const shown = (state: 'draining' | 'gone') =>
    recalls.learn(
      boardOf({ ...exampleSnapshot(), slaves: [{ ...exampleSlave(1), label: 'rock-1', state, recalled: true }] }),
    );
  shown('draining');
  await expect(recalls.wanted('rock-1', AbortSignal.abort())).rejects.toThrow();
  shown('gone');
  await expect(recalls.wanted('rock-1', AbortSignal.abort())).resolves.toBeUndefined();
});
