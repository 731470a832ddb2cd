const hourMs = 3_600_000;

/** How many of one slave's builds succeeded and failed within the last hour. */
export class RecentEnds {
  #ends: { readonly atMs: number; readonly success: boolean }[] = [];

  note(atMs: number, success: boolean): void {
    this.#ends.push({ atMs, success });
  }

  count(nowMs: number): { successes: number; failures: number } {
    const first = this.#ends.findIndex(({ atMs }) => atMs > nowMs - hourMs);
    this.#ends = first === -1 ? [] : this.#ends.slice(first);
    const successes = this.#ends.filter(({ success }) => success).length;
    return { successes, failures: this.#ends.length - successes };
  }
}
