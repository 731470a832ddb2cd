import { formatDuration } from '@piw/host/duration';
import { withFullStop } from '@piw/host/with-full-stop';
import type { WhyKind } from '@piw/wire/control/why-look';
import type { FarmPicture, SlavePicture } from '@piw/wire/status-protocol';
import type { Pause } from '@piw/wire/vocabulary';

/** Why something isn't being built, or somebody isn't building: its kind, and a line for people. */
export interface Reason {
  readonly kind: WhyKind;
  readonly text: string;
}

/** How the farm is, around the cell or the slave that is asked about. */
export interface Circumstances {
  readonly nowMs: number;
  readonly farm: Pick<FarmPicture, 'paused' | 'fault' | 'targets'>;
  /** Why the disk of the output folder makes all wait. */
  readonly disk: Pause | null;
  readonly slaves: readonly SlavePicture[];
}

export const reason = (kind: WhyKind, text: string): Reason => ({ kind, text: withFullStop(text).slice(0, 2000) });

/** What keeps everything from being built, if anything does. */
export function whyNothing({ nowMs, farm, disk }: Circumstances): Reason | undefined {
  const { paused, fault } = farm;
  if (paused) return reason('farm-paused', `The farm is paused ${pauseText(paused, nowMs)}`);
  if (disk) return reason('disk-low', `No work is given out: ${disk.why}`);
  if (fault)
    return reason('world-at-fault', `All slaves meet the same, and one build a minute is tried: ${fault.text}`);
  return undefined;
}

/** `by ada@desk for 2h: new fan`. */
export const pauseText = ({ by, sinceMs, why }: Pause, nowMs: number): string =>
  `by ${by} for ${lasting(sinceMs, nowMs)}${why === '' ? '' : `: ${why}`}`;

/** How long from one moment to another, a second at least. */
export const lasting = (fromMs: number, toMs: number): string =>
  formatDuration(Math.max(1000, Math.round((toMs - fromMs) / 1000) * 1000));

/** `rock-1, rock-2 and 3 more`. */
export function someOf(all: readonly string[], most = 3): string {
  if (all.length > most) return `${all.slice(0, most).join(', ')} and ${all.length - most} more`;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)!}`;
}
