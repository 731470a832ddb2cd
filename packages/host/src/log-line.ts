import { z } from 'zod';

const names: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const colours: Readonly<Record<number, number>> = { 10: 90, 20: 90, 40: 33, 50: 31, 60: 31 };
/** What systemd's journal calls these levels (sd-daemon(3)). */
const priorities: Readonly<Record<number, number>> = { 10: 7, 20: 7, 30: 6, 40: 4, 50: 3, 60: 2 };

/** How a line is to look: for a terminal, for a file or pipe, or for systemd's journal, which has its own clock. */
export type LineStyle = 'colour' | 'plain' | 'journal';

const record = z.looseObject({
  level: z.number(),
  time: z.number(),
  msg: z.string().default(''),
  name: z.string().optional(),
  err: z.object({ message: z.string().default(''), stack: z.string().optional() }).optional(),
});

/**
 * One of pino's JSON lines as a line for people: `2024-05-01 12:00:00 info  drive-slaves: rock-1 came  label=rock-1`.
 * Errors show their message, and their stack where `stacks` is set.
 */
export function formatLogLine(json: string, style: LineStyle, stacks: boolean): string {
  const { level, time, msg, name, err, ...fields } = record.parse(JSON.parse(json));
  const room = name === undefined ? '' : `${name}: `;
  const why = err && !msg.includes(err.message) ? `: ${err.message}` : '';
  const stack = stacks && err?.stack ? `\n${err.stack}` : '';
  const text = `${room}${oneLine(`${msg}${why}`)}${rest(fields)}${stack}\n`;
  if (style === 'journal') return `<${priorities[level] ?? 6}>${text}`;
  const line = `${clock(time)} ${(names[level] ?? String(level)).padEnd(5)} ${text}`;
  const colour = style === 'colour' ? colours[level] : undefined;
  return colour === undefined ? line : `\x1b[${colour}m${line.slice(0, -1)}\x1b[39m\n`;
}

const rest = (fields: Record<string, unknown>): string => {
  const pairs = Object.entries(fields).map(
    ([key, value]) => `${key}=${oneLine(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return pairs.length > 0 ? `  ${pairs.join(' ')}` : '';
};

/** A stranger's text must neither forge a line of the log nor command the terminal. */
export const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ');

function clock(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}
