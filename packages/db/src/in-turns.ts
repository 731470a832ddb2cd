import { setImmediate as nextTurn } from 'node:timers/promises';

/** After so long others have their turn, in milliseconds. */
const turnMs = 4;

/** The same as `map`, but that whatever else waits in this process has its turn in between. */
export async function mapInTurns<T, R>(all: readonly T[], work: (one: T) => R): Promise<R[]> {
  const made: R[] = [];
  let sinceMs = performance.now();
  for (const one of all) {
    made.push(work(one));
    if (performance.now() - sinceMs < turnMs) continue;
    await nextTurn();
    sinceMs = performance.now();
  }
  return made;
}
