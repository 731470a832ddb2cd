/** How many are counted at a time; of more, all begin anew. */
const mostCounted = 10_000;

/** So much for each in a second, and no more. */
export class Ration {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #taken = new Map<string, number>();
  #second = 0;

  /** `now` in milliseconds of any clock. */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Whether there is some left for this one; it has had it then. */
  take(who: string): boolean {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second || this.#taken.size >= mostCounted) this.#taken.clear();
    this.#second = second;
    const taken = this.#taken.get(who) ?? 0;
    if (taken >= this.#perSecond) return false;
    this.#taken.set(who, taken + 1);
    return true;
  }
}
