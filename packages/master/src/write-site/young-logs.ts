/** A log stays in memory up to this length, and all of them together up to that one, in bytes. */
const mostBytes = 64 * 1024;
const mostBytesOfAll = 16 * 2 ** 20;

interface YoungLog {
  readonly sinceMs: number;
  readonly pieces: Uint8Array[];
  lengthBytes: number;
}

/**
 * Logs of builds that began a moment ago, in memory: many a build that fails at once is over before its log need be
 * written. Pure but for what it holds.
 */
export class YoungLogs {
  readonly #logs = new Map<number, YoungLog>();
  #bytes = 0;

  /** Adds to a log, which begins with it if need be; false where that is more than may stay here. */
  add(attempt: number, bytes: Uint8Array, nowMs: number): boolean {
    const log = this.#logs.get(attempt) ?? { sinceMs: nowMs, pieces: [], lengthBytes: 0 };
    if (log.lengthBytes + bytes.length > mostBytes || this.#bytes + bytes.length > mostBytesOfAll) return false;
    // A copy: the message that it came in may be much larger.
    log.pieces.push(Buffer.from(bytes));
    log.lengthBytes += bytes.length;
    this.#bytes += bytes.length;
    this.#logs.set(attempt, log);
    return true;
  }

  /** How long a log is; undefined where it isn't here. */
  length(attempt: number): number | undefined {
    return this.#logs.get(attempt)?.lengthBytes;
  }

  /** The whole of a log; undefined where it isn't here. */
  text(attempt: number): Buffer | undefined {
    const log = this.#logs.get(attempt);
    return log && Buffer.concat(log.pieces);
  }

  /** It has another place now. */
  drop(attempt: number): void {
    this.#bytes -= this.length(attempt) ?? 0;
    this.#logs.delete(attempt);
  }

  /** Those that began by a time. */
  since(ms: number): number[] {
    return [...this.#logs].flatMap(([attempt, { sinceMs }]) => (sinceMs <= ms ? [attempt] : []));
  }
}
