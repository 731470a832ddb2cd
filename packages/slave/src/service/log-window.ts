import { logBytesUnacknowledged } from '@piw/wire/slave-protocol';

/**
 * How far an attempt's log has gone: at most 256 KiB are on their way, and what was lost on it is sent once more.
 * Offsets are bytes from the log's beginning.
 */
export class LogWindow {
  #acknowledged: number;
  #sent: number;
  #sentAtAlive = 0;

  constructor(acknowledged = 0) {
    this.#acknowledged = acknowledged;
    this.#sent = acknowledged;
  }

  /** The next piece to send of a log that is this long; undefined where there is none, or no room for it. */
  next(logBytes: number, mostBytes: number): { readonly offset: number; readonly length: number } | undefined {
    const room = this.#acknowledged + logBytesUnacknowledged - this.#sent;
    const length = Math.min(room, logBytes - this.#sent, mostBytes);
    return length > 0 ? { offset: this.#sent, length } : undefined;
  }

  /** A piece has left. */
  sent(length: number): void {
    this.#sent += length;
  }

  /** An ALIVE has left: its answer will have heard of all that was sent before. */
  asked(): void {
    this.#sentAtAlive = this.#sent;
  }

  /** As much is on its way as may be: only an answer of the master brings it on. */
  isFull(): boolean {
    return this.#sent - this.#acknowledged >= logBytesUnacknowledged;
  }

  /**
   * The master has all bytes before the offset. Where that is less than had left before it was asked, and no more than it
   * had the last time, the rest was lost and is sent again.
   */
  acknowledge(offset: number): void {
    const grew = offset > this.#acknowledged;
    this.#acknowledged = offset;
    if (offset > this.#sent || (!grew && this.#sentAtAlive > offset)) this.#sent = offset;
  }

  /** The master has it all. */
  isDone(logBytes: number): boolean {
    return this.#acknowledged >= logBytes;
  }
}
