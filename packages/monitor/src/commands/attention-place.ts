import { slaveLabelled } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture } from '@piw/wire/status-protocol';
import { goTo } from '../state/go.ts';
import { listOf } from '../state/list.ts';
import type { Monitor } from '../state/monitor.ts';
import { choose } from '../state/move.ts';
import type { Place } from '../state/place.ts';

/** The monitor where what needs a human is seen best: at the slave or the target that it is about, else by its kind. */
export function atAttention(monitor: Monitor, one: AttentionPicture, board: Board): Monitor {
  const there = goTo(monitor, attentionPlace(one, board));
  const [target = ''] = one.subject.split(':');
  const row = listOf(there)?.rows.findIndex(({ ref }) => ref.of === 'target' && ref.target === target) ?? -1;
  return row < 0 ? there : choose(there, row);
}

function attentionPlace({ kind, subject }: AttentionPicture, board: Board): Place {
  if (slaveLabelled(board, subject)) return { view: 'slave', label: subject };
  if (kind.includes('target') || kind.includes('job')) return { view: 'queue' };
  return { view: kind === 'world-at-fault' ? 'builds' : 'builders' };
}
