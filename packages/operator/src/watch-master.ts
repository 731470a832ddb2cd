import { setTimeout as delay } from 'node:timers/promises';
import { firstToSpeak } from './first-to-speak.ts';
import { masterKeys } from './master-keys.ts';
import { type Link, type LinkArguments, openLink } from './open-link.ts';

/** Who watches a master. */
export interface Watcher {
  /** No master is found; how often it was looked for. */
  readonly onTrouble: (trouble: string, tries: number) => void;
  /** A master is found, or another took over: it is to be followed until the signal. */
  readonly onMaster: (link: Link, signal: AbortSignal, tookOver: boolean) => void;
  /** Whether the one that is followed is heard. */
  readonly isHeard: () => boolean;
}

/** Of several masters, while the one that is watched isn't heard, the others are tried so often, in milliseconds. */
const usualOthersMs = 1000;

/**
 * Finds the master that is meant and has it followed until the signal; of several the one that is active, and where another takes
 * over, that one. Throws what waiting doesn't mend, as `openLink`.
 */
export async function watchMaster(
  args: LinkArguments,
  { onTrouble, onMaster, isHeard }: Watcher,
  signal: AbortSignal,
  othersMs = usualOthersMs,
): Promise<void> {
  let only: string | null = null;
  while (!signal.aborted) {
    const link: Link = await openLink(only === null ? args : { ...args, only }, onTrouble, signal);
    const over = new AbortController();
    onMaster(link, AbortSignal.any([signal, over.signal]), only !== null);
    only = await elsewhere(args, link.control.address, isHeard, signal, othersMs);
    over.abort();
    link.control.close();
  }
}

/**
 * Resolves with the address of another master, once the one that was watched isn't heard and that other speaks: one that stands by, or stands still, does
 * not. Where there is no other, it resolves with nobody watching any more.
 */
async function elsewhere(
  args: LinkArguments,
  address: string,
  isHeard: () => boolean,
  signal: AbortSignal,
  othersMs: number,
): Promise<string | null> {
  const others = (args.controlQueue ?? []).filter((one) => one !== address);
  while (await passed(othersMs, signal)) {
    if (isHeard() || others.length === 0) continue;
    const { address: other } = await firstToSpeak({ addresses: others, keys: await masterKeys(args, others), signal });
    if (other !== null && !isHeard()) return other;
  }
  return null;
}

/** Whether so long a time passed before the signal. */
const passed = (ms: number, signal: AbortSignal): Promise<boolean> => delay(ms, true, { signal }).catch(() => false);
