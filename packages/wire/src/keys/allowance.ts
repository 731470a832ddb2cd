/** How many are remembered at a time; of more, all begin anew. */
const mostRemembered = 10_000;

interface Account {
  left: number;
  atMs: number;
}

/** So much for each at once, and so much again in each second: what is spent comes back with time. */
export class Allowance {
  readonly #most: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #accounts = new Map<string, Account>();

  /** `now` in milliseconds of any clock. */
  constructor(most: number, perSecond: number, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** How long until this one has something left, in milliseconds; 0 where it has. */
  waitMs(who: string): number {
    const { left } = this.#accountOf(who);
    return left > 0 ? 0 : ((1e-9 - left) / this.#perSecond) * 1000;
  }

  /** It has had so much; that may be more than was left, and has to come back first. */
  spend(who: string, amount: number): void {
    this.#accountOf(who).left -= amount;
  }

  #accountOf(who: string): Account {
    const nowMs = this.#now();
    const account = this.#accounts.get(who) ?? this.#begin(who, nowMs);
    account.left = Math.min(this.#most, account.left + ((nowMs - account.atMs) / 1000) * this.#perSecond);
    account.atMs = nowMs;
    return account;
  }

  #begin(who: string, atMs: number): Account {
    if (this.#accounts.size >= mostRemembered) this.#accounts.clear();
    const account = { left: this.#most, atMs };
    this.#accounts.set(who, account);
    return account;
  }
}
