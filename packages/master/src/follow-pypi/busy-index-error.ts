import { UnusableIndexError } from '@piw/wheel/project-listings';

/** An index has too much to do, and says when to ask again. */
export class BusyIndexError extends UnusableIndexError {
  /** From now, in milliseconds; an index may say anything. */
  readonly againMs: number;

  constructor(url: string, status: number, againMs: number) {
    super(url, `it answers ${status}`);
    this.againMs = againMs;
  }
}

/** After how many milliseconds a server that answers with a status wants to be asked again: by seconds, or by a time (RFC 9110, 10.2.3); undefined where it doesn't say. */
export function againAfterMs(status: number, retryAfter: string | null, nowMs: number): number | undefined {
  if ((status !== 429 && status !== 503) || retryAfter === null) return undefined;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
