import { compareTargets, parseTargetName } from '@piw/wheel/target';
import type { Board } from './status-board.ts';
import { type SlavePicture, type SlaveState, slaveState } from './status-protocol.ts';

/** The slaves as people look for them: by the first target that each offers, then by label, `pi-2` before `pi-10`. */
export function slavesInOrder(board: Pick<Board, 'slaves'>): SlavePicture[] {
  const slaves = [...board.slaves.values()];
  const rank = new Map(targetsInOrder(slaves.map(firstTarget)).map((target, i) => [target, i]));
  const rankOf = (slave: SlavePicture): number => rank.get(firstTarget(slave)) ?? 0;
  return slaves.sort((a, b) => rankOf(a) - rankOf(b) || labels.compare(a.label, b.label) || a.slave - b.slave);
}

/** How many slaves are in each state. */
export function countSlavesByState(board: Board): Record<SlaveState, number> {
  const counts = Object.fromEntries(slaveState.options.map((state) => [state, 0])) as Record<SlaveState, number>;
  for (const { state } of board.slaves.values()) counts[state]++;
  return counts;
}

/** The slave of a label; undefined where there is none. */
export function slaveLabelled(board: Board, label: string): SlavePicture | undefined {
  for (const slave of board.slaves.values()) if (slave.label === label) return slave;
  return undefined;
}

const labels = new Intl.Collator('en', { numeric: true });

const firstTarget = ({ targets: [first = ''] }: SlavePicture): string => first;

/** Each once; what is no target comes last. */
function targetsInOrder(keys: string[]): string[] {
  return [...new Set(keys)].sort((a, b) => {
    const [left, right] = [parseTargetName(a), parseTargetName(b)];
    if (left && right) return compareTargets(left, right);
    return Number(!left) - Number(!right) || (a < b ? -1 : 1);
  });
}
