/** How long one may go on in this turn of the process's loop: waiting, when others have theirs, ends a turn by itself. */
export class LoopTurn {
  readonly #mostMs: number;
  #sinceMs: number | undefined;

  constructor(mostMs: number) {
    this.#mostMs = mostMs;
  }

  /** Something is done in it, from this time of `performance.now()` on. */
  begin(nowMs: number): void {
    if (this.#sinceMs !== undefined) return;
    this.#sinceMs = nowMs;
    setImmediate(() => (this.#sinceMs = undefined));
  }

  /** Whether it has lasted as long as it may. */
  isOver(nowMs: number): boolean {
    return this.#sinceMs !== undefined && nowMs - this.#sinceMs >= this.#mostMs;
  }
}
