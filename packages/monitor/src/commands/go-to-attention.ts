import { slaveLabelled } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture } from '@piw/wire/status-protocol';
import { goTo } from '../state/go.ts';
import { withList } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';

/** The monitor where what needs a human is seen best, and can be mended: at the slave that it is about, else on the row that it is about. */
export function goToAttention(monitor: Monitor, { kind, subject }: AttentionPicture, board: Board): Monitor {
  if (slaveLabelled(board, subject)) return goTo(monitor, { view: 'slave', label: subject });
  const isOfTarget = kind.includes('target') || kind.includes('job');
  const [view, chosen] = isOfTarget
    ? (['queue', `target ${targetOf(subject)}`] as const)
    : (['builders', 'master'] as const);
  return withList(goTo(monitor, { view }), { filter: '', chosen, top: 0 });
}

/** What jobs need of it may follow a colon. */
const targetOf = (subject: string): string => subject.split(':')[0] ?? '';
