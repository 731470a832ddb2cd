import { logBytesUnacknowledged } from '@piw/wire/slave-protocol';

/**
 * How far an attempt's log has gone: at most 256 KiB are on their way, and what was lost on it is sent once more.
 * Offsets are bytes from the log's beginning.
 */
export class LogWindow {
  #acknowledged: number;
  #sent: number;
  /** What had left when the master was asked; null where no answer is due. */
  #asked: number | null = null;

  constructor(acknowledged = 0) {
    this.#acknowledged = acknowledged;
    this.#sent = acknowledged;
  }

  /** All before it has left. */
  get sentBytes(): number {
    return this.#sent;
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
    this.#asked ??= this.#sent;
  }

  /** As much is on its way as may be: only an answer of the master brings it on. */
  isFull(): boolean {
    return this.#sent - this.#acknowledged >= logBytesUnacknowledged;
  }

  /**
   * The master has all bytes before the offset. Where that is less than had left before it was asked, and no more than it
   * had the last time, the rest was lost and is sent again; returns whether it was.
   */
  acknowledge(offset: number): boolean {
    const lost = this.#asked !== null && offset < this.#asked && offset <= this.#acknowledged;
    if (lost || offset > this.#sent) this.resume(offset);
    this.#acknowledged = offset;
    if (this.#asked !== null && offset >= this.#asked) this.#asked = null;
    return lost;
  }

  /** The master has all bytes before the offset, and nothing is on its way. */
  resume(offset: number): void {
    this.#acknowledged = offset;
    this.#sent = offset;
    this.#asked = null;
  }

  /** The master has it all. */
  isDone(logBytes: number): boolean {
    return this.#acknowledged >= logBytes;
  }
}
