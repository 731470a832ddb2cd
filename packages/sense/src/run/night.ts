import { dim } from '../pixels/colour.ts';
import type { Picture } from '../pixels/picture.ts';

/** From when until when it is night, in minutes since midnight by this machine's clock. */
export interface Night {
  readonly from: number;
  readonly to: number;
}

/** How much light is left in the night. */
const nightShare = 0.2;

/** `22:00-07:00`, or `none`; throws an Error that says how it is written. */
export function parseNight(text: string): Night | null {
  if (text === 'none') return null;
  const [, ...parts] = /^(\d\d?):(\d\d)-(\d\d?):(\d\d)$/.exec(text) ?? [];
  const [fromHour = 24, fromMinute = 0, toHour = 24, toMinute = 0] = parts.map(Number);
  if (fromHour > 23 || toHour > 23 || fromMinute > 59 || toMinute > 59)
    throw new Error(`"${text.slice(0, 40)}" is no night: write it like 22:00-07:00, or none`);
  return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
}

/** Whether it is night at a time; nights go over midnight. */
export function isNight({ from, to }: Night, ms: number): boolean {
  const local = new Date(ms);
  const minute = local.getHours() * 60 + local.getMinutes();
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The picture with as little light as somebody who sleeps beside it would want. */
export const dimmed = (picture: Picture, night: Night | null, ms: number): Picture =>
  night && isNight(night, ms) ? picture.map((colour) => dim(colour, nightShare)) : picture;
