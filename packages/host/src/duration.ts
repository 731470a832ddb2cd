const unitMs = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const part = /(\d+(?:\.\d+)?)\s*(ms|s|min|m|h|d)/g;
const whole = /^\s*\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d)(?:\s*\d+(?:\.\d+)?\s*(?:ms|s|min|m|h|d))*\s*$/;

/**
 * Milliseconds that a text like `3h`, `90s`, `1h30m` or `1.5 h` stands for; a number alone is seconds.
 * Throws an Error that says how durations are written.
 */
export function parseDuration(text: string): number {
  if (text.length > 60) throw new Error(howWritten(`${text.slice(0, 60)}…`));
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return Number(text) * unitMs.s;
  if (!whole.test(text)) throw new Error(howWritten(text));
  return [...text.matchAll(part)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * unitMs[unit as keyof typeof unitMs],
    0,
  );
}

/** Milliseconds as people say them, in at most two units: `3h`, `1h30m`, `90ms`, `2d4h`. */
export function formatDuration(ms: number): string {
  if (ms < unitMs.s) return `${Math.max(0, Math.round(ms))}ms`;
  if (ms < unitMs.m - unitMs.s / 2)
    return `${ms < 10 * unitMs.s ? Math.round(ms / 100) / 10 : Math.round(ms / unitMs.s)}s`;
  if (ms < unitMs.h - unitMs.s / 2) return inTwo(ms, 'm', unitMs.m, 's', unitMs.s);
  if (ms < unitMs.d - unitMs.m / 2) return inTwo(ms, 'h', unitMs.h, 'm', unitMs.m);
  return inTwo(ms, 'd', unitMs.d, 'h', unitMs.h);
}

function inTwo(ms: number, large: string, largeMs: number, small: string, smallMs: number): string {
  const smalls = Math.round(ms / smallMs);
  const perLarge = largeMs / smallMs;
  const rest = smalls % perLarge;
  return `${Math.floor(smalls / perLarge)}${large}${rest > 0 ? `${rest}${small}` : ''}`;
}

const howWritten = (text: string) => `"${text}" is no duration: write it like 90s, 30m, 3h or 1h30m`;
