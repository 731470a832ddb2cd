import type { Board } from '@piw/wire/status-board';
import type { BuildPicture } from '@piw/wire/status-protocol';
import type { Chronicle } from './chronicle.ts';

const farm = { kind: 'farm', name: '' } as const;

/** A build ended: on the farm, for its target, on its slave. */
export function chronicleEnd(chronicle: Pick<Chronicle, 'count'>, { outcome, target, slave }: BuildPicture): void {
  if (outcome === null) return;
  chronicle.count(farm, outcome);
  chronicle.count({ kind: 'target', name: target }, outcome);
  chronicle.count({ kind: 'slave', name: slave }, outcome);
}

/** Bytes of an attempt's wheels came in. */
export function chronicleBytes(
  chronicle: Pick<Chronicle, 'count'>,
  board: Board,
  attempt: number,
  bytes: number,
): void {
  chronicle.count(farm, 'receivedBytes', bytes);
  for (const { label, task } of board.slaves.values())
    if (task?.attempt === attempt) chronicle.count({ kind: 'slave', name: label }, 'receivedBytes', bytes);
}
