import type { ZipEntry } from './zip-entry.ts';

/** How much a wheel may hold. */
export interface WheelLimits {
  readonly entries: number;
  readonly uncompressedBytes: number;
  /** Uncompressed over packed size, of the whole, where it is more than `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

/** Real wheels reach a ratio of 30 and a few gigabytes. */
export const defaultLimits: WheelLimits = {
  entries: 200_000,
  uncompressedBytes: 16 * 2 ** 30,
  ratio: 100,
  ratioFromBytes: 64 * 2 ** 20,
};

/** The size of all that the entries say they hold, in bytes. */
export const uncompressedBytes = (entries: readonly ZipEntry[]): number =>
  entries.reduce((sum, entry) => sum + entry.uncompressedBytes, 0);

/** Whether an archive of `sizeBytes` would unpack to more than it may; a sentence a fault. */
export function* expansionFaults(
  entries: readonly ZipEntry[],
  sizeBytes: number,
  limits: WheelLimits,
): Generator<string> {
  const total = uncompressedBytes(entries);
  if (total > limits.uncompressedBytes)
    yield `The archive unpacks to ${total} bytes, and ${limits.uncompressedBytes} are allowed.`;
  if (total > limits.ratioFromBytes && total > limits.ratio * sizeBytes)
    yield `The archive unpacks to more than ${limits.ratio} times its size.`;
}
