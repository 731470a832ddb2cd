import type { AttentionPicture } from '@piw/wire/status-protocol';
import { attentionInOrder } from '../frame/attention.ts';
import type { Monitor } from './monitor.ts';

/** What needs a human and is chosen in place of a row; null where nothing is, or it is over. */
export const chosenAttention = ({ attention, feed: { board } }: Monitor): AttentionPicture | null =>
  attention === null ? null : (board?.attention.get(attention) ?? null);

/** The monitor with what needs a human most chosen; as it was where nothing does. */
export const chooseAttention = (monitor: Monitor): Monitor => ({
  ...monitor,
  attention: inOrder(monitor)[0]?.id ?? null,
});

/** The monitor with the next or the one before chosen, as far as there are others. */
export function nextAttention(monitor: Monitor, by: number): Monitor {
  const all = inOrder(monitor);
  const at = all.findIndex(({ id }) => id === monitor.attention);
  return { ...monitor, attention: (all[at + by] ?? all[at])?.id ?? null };
}

const inOrder = ({ feed: { board } }: Monitor): readonly AttentionPicture[] => (board ? attentionInOrder(board) : []);
