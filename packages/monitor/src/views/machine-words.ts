import type { SlavePicture } from '@piw/wire/status-protocol';
import { type Span, span, type Tone } from '../text/span.ts';

type Vitals = NonNullable<SlavePicture['vitals']>;

/** From where on a figure is worth a look, and from where on it is bad. */
const heatLimitsC = [65, 80] as const;
const memoryLimits = [0.8, 0.95] as const;
const swapLimits = [0.25, 0.5] as const;
const diskLimits = [0.8, 0.9] as const;

const toneOf = (figure: number, [odd, bad]: readonly [number, number]): Tone | undefined =>
  figure >= bad ? 'bad' : figure >= odd ? 'odd' : undefined;

const percent = (used: number): string => `${Math.round(used * 100)}%`;

/** The share of the memory that is in use; null where the machine doesn't tell. */
export const memoryUsed = (vitals: Vitals | null): number | null =>
  vitals && vitals.memorySizeBytes > 0 ? 1 - vitals.memoryFreeBytes / vitals.memorySizeBytes : null;

/** The share of the disk that is in use; null where the machine doesn't tell. */
export const diskUsed = (vitals: Vitals | null): number | null =>
  vitals && vitals.diskSizeBytes > 0 ? 1 - vitals.diskFreeBytes / vitals.diskSizeBytes : null;

/** The share of the swap space that is in use; null where there is none. */
export const swapUsed = (vitals: Vitals | null): number | null =>
  vitals && vitals.swapSizeBytes > 0 ? 1 - vitals.swapFreeBytes / vitals.swapSizeBytes : null;

export function swapSpan(vitals: Vitals | null): Span {
  const used = swapUsed(vitals);
  return used === null ? span('') : span(percent(used), toneOf(used, swapLimits));
}

export function memorySpan(vitals: Vitals | null): Span {
  const used = memoryUsed(vitals);
  return used === null ? span('') : span(percent(used), toneOf(used, memoryLimits));
}

export function diskSpan(vitals: Vitals | null): Span {
  const used = diskUsed(vitals);
  return used === null ? span('') : span(percent(used), toneOf(used, diskLimits));
}

export const loadSpan = (vitals: Vitals | null): Span => span(vitals === null ? '' : vitals.load.toFixed(1));

/** Whole degrees Celsius; a machine that slows itself down says so with `!`. */
export function heatSpan(vitals: Vitals | null): Span {
  const degrees = vitals?.temperatureC ?? null;
  const slowed = vitals?.throttled === true;
  const text = degrees === null ? '' : String(Math.round(degrees));
  return span(
    `${text}${slowed ? '!' : ''}`,
    slowed ? 'bad' : degrees === null ? undefined : toneOf(degrees, heatLimitsC),
  );
}
