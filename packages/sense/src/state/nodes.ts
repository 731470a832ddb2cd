import { farmNow } from '@piw/operator/farm-clock';
import { oncePer } from '@piw/operator/once-per';
import { slavesInOrder } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { side } from '../pixels/picture.ts';
import type { Node, Sense } from './sense.ts';

/** Rows that the nodes have, below the bars. */
export const nodeRows = 5;

/** How long a slave that has gone is still seen, in milliseconds. */
const farewellMs = 5000;

/** The master, then the slaves by ABI and label; those that went a while ago are not among them, one that is missed is the last. */
export function nodesOf(sense: Sense): readonly Node[] {
  const { selected, missedMs } = sense;
  const { board } = sense.feed;
  const nowMs = farmNow(sense);
  const seen = ({ state, stateSinceMs }: SlavePicture): boolean =>
    state !== 'gone' || nowMs - stateSinceMs < farewellMs;
  const slaves = board ? inOrder(board.slaves).filter(seen) : [];
  const missed = missedMs === null ? [] : [selected];
  return ['master', ...slaves.map(({ slave }) => slave), ...missed];
}

/** Many pictures are drawn of slaves that change less often. */
const inOrder = oncePer((slaves: Board['slaves']): readonly SlavePicture[] => slavesInOrder({ slaves }));

/** A node's slave; null for the master's, and for one that has gone. */
export const slaveAt = (board: Board | null, node: Node): SlavePicture | null =>
  node === 'master' ? null : (board?.slaves.get(node) ?? null);

/** A place among the nodes, which go down and then across. */
export interface Place {
  readonly column: number;
  readonly row: number;
}

export const placeOf = (index: number): Place => ({ column: Math.floor(index / nodeRows), row: index % nodeRows });

/** The first column that is seen: where there are more than the pixels have, the selected one is never at the edge before the last. */
export function firstColumn(nodes: readonly Node[], selected: Node): number {
  const columns = Math.ceil(nodes.length / nodeRows);
  const { column } = placeOf(Math.max(0, nodes.indexOf(selected)));
  return Math.max(0, Math.min(column - side + 2, columns - side));
}

/** Where a push leads to from a node; the name of the edge that it leaves by where there is none. */
export function neighbour(
  nodes: readonly Node[],
  selected: Node,
  way: 'up' | 'down' | 'left' | 'right',
): Node | { readonly edge: typeof way } {
  const index = Math.max(0, nodes.indexOf(selected));
  const { column, row } = placeOf(index);
  const lastColumn = placeOf(nodes.length - 1).column;
  switch (way) {
    case 'up':
      return row === 0 ? { edge: way } : nodes[index - 1]!;
    case 'down':
      return row === nodeRows - 1 || index === nodes.length - 1 ? { edge: way } : nodes[index + 1]!;
    case 'left':
      return column === 0 ? { edge: way } : nodes[index - nodeRows]!;
    case 'right':
      return column === lastColumn ? { edge: way } : nodes[Math.min(index + nodeRows, nodes.length - 1)]!;
  }
}
