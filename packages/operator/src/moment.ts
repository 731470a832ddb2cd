import { formatDuration, parseDuration } from '@piw/host/duration';
import { UsageError } from '@piw/host/operator-error';

const dayMs = 24 * 3_600_000;
const yearDays = 365.25;

/** How long ago, or for how long, in whole seconds at least: `3s`, `1h30m`, `15y334d`. */
export function age(sinceMs: number, nowMs: number): string {
  const days = Math.floor((nowMs - sinceMs) / dayMs);
  const years = Math.floor(days / yearDays);
  if (years < 1) return formatDuration(Math.max(1000, Math.floor((nowMs - sinceMs) / 1000) * 1000));
  const rest = days - Math.ceil(years * yearDays);
  return `${years}y${rest > 0 ? `${rest}d` : ''}`;
}

/** A moment by this machine's clock: `2024-05-01 12:00:00`. */
export function moment(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return Number.isNaN(local.getTime()) ? '?' : local.toISOString().slice(0, 19).replace('T', ' ');
}

const recentMs = 30 * dayMs;

/** `2d ago` within a month, else the day by this machine's clock: `2022-10-19`. */
export const recently = (ms: number, nowMs: number): string =>
  nowMs - ms < recentMs ? `${age(ms, nowMs)} ago` : moment(ms).slice(0, 10);

/** How long until then. */
export const ahead = (untilMs: number, nowMs: number): string => age(nowMs, untilMs);

/** Milliseconds since 1970 of `3h` (ago) or of a date, by this machine's clock: 1970 where it is longer ago than anybody counts. Throws a UsageError. */
export function asMoment(text: string, nowMs: number): number {
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    const ms = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
    if (!Number.isNaN(ms)) return ms;
  }
  try {
    return Math.max(0, nowMs - parseDuration(text));
  } catch {
    throw new UsageError(`"${text.slice(0, 60)}" is no moment.`, 'Write 3h or 2d, or a date as in 2024-05-01T12:00.');
  }
}
