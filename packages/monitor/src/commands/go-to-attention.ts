import { slaveLabelled } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import type { AttentionPicture } from '@piw/wire/status-protocol';
import type { Place } from '../state/place.ts';

/** Where what needs a human is seen best: the slave that it is about, else by its kind. */
export function attentionPlace({ kind, subject }: AttentionPicture, board: Board): Place {
  if (slaveLabelled(board, subject)) return { view: 'slave', label: subject };
  if (kind.includes('target') || kind.includes('job')) return { view: 'queue' };
  return { view: 'builders' };
}
