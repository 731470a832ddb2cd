import { setTimeout as sleep } from 'node:timers/promises';
import { type Disk, readDisk } from '@piw/host/disk';
import { formatSize } from '@piw/host/size';
import type { Pause } from '@piw/wire/vocabulary';
import type { Premises } from './premises.ts';

/** A disk that was low has to become a bit better than it must be, so that work isn't stopped and begun all the time. */
const wellFactor = 1.1;

/** What the watch over the disk needs of the master. */
type Place = Pick<Premises, 'log' | 'now' | 'bulletin' | 'options'>;

/**
 * The disk of the output folder. While it has less free than an operator wants kept (`minFreeBytes`), no work is given out and
 * what slaves have finished waits with them.
 */
export class OutputDisk {
  readonly #place: Place;
  readonly #read: (folder: string) => Promise<Disk>;
  #pause: Pause | null = null;

  constructor(place: Place, read = readDisk) {
    this.#place = place;
    this.#read = read;
  }

  /** Why all waits for room, and since when; null while there is enough. */
  get pause(): Pause | null {
    return this.#pause;
  }

  /** Looks at it, and tells of what has changed. */
  async look(): Promise<void> {
    const { log, now, bulletin, options } = this.#place;
    const { diskFreeBytes } = await this.#read(options.outputPath);
    const wellBytes = options.minFreeBytes * wellFactor;
    const wasLow = this.#pause !== null;
    const isLow = diskFreeBytes < (wasLow ? wellBytes : options.minFreeBytes);
    if (isLow === wasLow) return;
    const why = whyOf(options.minFreeBytes, wellBytes);
    this.#pause = isLow ? { by: 'the master', sinceMs: now(), why } : null;
    if (isLow) log.warn(`no work is given out: ${why}`);
    else log.info('the disk of the output folder has room again: all goes on');
    bulletin.emit('farm');
    bulletin.emit('waiting');
  }

  /** Looks again and again until the signal says stop. */
  async watch(signal: AbortSignal): Promise<void> {
    const { diskMs } = this.#place.options.periods;
    while (await sleep(diskMs, true, { signal }).catch(() => false)) await this.look();
  }
}

const whyOf = (minFreeBytes: number, wellBytes: number): string =>
  `The disk of the output folder has less than ${formatSize(minFreeBytes)} left. Work goes on by itself when ${formatSize(wellBytes)} are free.`;
