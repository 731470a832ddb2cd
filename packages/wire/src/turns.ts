import type { Allowance } from './keys/allowance.ts';

type Work = () => Promise<void>;

interface Line {
  readonly waiting: Work[];
  underWay: number;
  timer: NodeJS.Timeout | undefined;
}

/** What each may have done. */
export interface TurnsOptions {
  /** So much of one's work is under way at a time. */
  readonly atOnce: number;
  /** So much of it waits. */
  readonly mostWaiting: number;
  /** What one may have done in a time, which the work itself spends; without, as much as there is time for. */
  readonly allowances?: readonly Allowance[];
}

/** Work that many want done: each has some under way and some that waits, in its order, and none keeps another's from being done. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #lines = new Map<string, Line>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Does something for this one when its turn comes; false where too much of its own waits already. What rejects must be caught in `work`. */
  take(who: string, work: Work): boolean {
    const line = this.#lines.get(who) ?? { waiting: [], underWay: 0, timer: undefined };
    if (line.waiting.length >= this.#options.mostWaiting) return false;
    this.#lines.set(who, line);
    line.waiting.push(work);
    this.#goOn(who, line);
    return true;
  }

  /** What hasn't begun never does. */
  clear(): void {
    for (const line of this.#lines.values()) {
      line.waiting.length = 0;
      clearTimeout(line.timer);
    }
  }

  #goOn(who: string, line: Line): void {
    const { atOnce, allowances = [] } = this.#options;
    while (line.underWay < atOnce && line.waiting.length > 0 && line.timer === undefined) {
      const waitMs = Math.max(0, ...allowances.map((allowance) => allowance.waitMs(who)));
      if (waitMs > 0) line.timer = setTimeout(() => this.#wake(who, line), waitMs);
      else void this.#begin(who, line, line.waiting.shift()!);
    }
    if (line.underWay === 0 && line.waiting.length === 0) this.#lines.delete(who);
  }

  #wake(who: string, line: Line): void {
    line.timer = undefined;
    this.#goOn(who, line);
  }

  async #begin(who: string, line: Line, work: Work): Promise<void> {
    line.underWay += 1;
    try {
      await work();
    } finally {
      line.underWay -= 1;
      this.#goOn(who, line);
    }
  }
}
