import type { Board } from '@piw/wire/status-board';
import type { SlavePicture, SlaveState } from '@piw/wire/status-protocol';

/** After so long without a word something is wrong, in milliseconds; a slave says one every ten seconds. */
export const silentMs = 30_000;

const unheard: readonly SlaveState[] = ['refused', 'lost', 'gone'];

/** For how long the master has heard nothing of a slave that it still counts on, in milliseconds by its own clock; null while that is not too long. */
export function silentFor({ state, heardMs }: SlavePicture, { farm }: Board): number | null {
  if (!farm.vitals || unheard.includes(state)) return null;
  const forMs = farm.vitals.clockMs - heardMs;
  return forMs > silentMs ? forMs : null;
}
