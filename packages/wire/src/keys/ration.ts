/** How many are counted at a time; of more, all begin anew. */
const mostCounted = 10_000;

/** So much for each in a period, and no more. */
export class Ration {
  readonly #amount: number;
  readonly #periodMs: number;
  readonly #now: () => number;
  readonly #taken = new Map<string, number>();
  #period = 0;

  /** `now` in milliseconds of any clock. */
  constructor(amount: number, periodMs: number, now: () => number = () => performance.now()) {
    this.#amount = amount;
    this.#periodMs = periodMs;
    this.#now = now;
  }

  /** Whether there is some left for this one; it has had it then. */
  take(who: string): boolean {
    const period = Math.floor(this.#now() / this.#periodMs);
    if (period !== this.#period || this.#taken.size >= mostCounted) this.#taken.clear();
    this.#period = period;
    const taken = this.#taken.get(who) ?? 0;
    if (taken >= this.#amount) return false;
    this.#taken.set(who, taken + 1);
    return true;
  }
}
