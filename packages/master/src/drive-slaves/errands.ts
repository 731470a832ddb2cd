import { setTimeout as pause } from 'node:timers/promises';

/** Slow work that was started and that nobody waits for; the first that fails fails the whole. */
export class Errands {
  /** Rejects with the error of the first errand that fails; resolves never. */
  readonly failure: Promise<never>;
  readonly #running = new Set<Promise<unknown>>();
  readonly #fail: (error: unknown) => void;

  constructor() {
    let fail!: (error: unknown) => void;
    this.failure = new Promise((_, reject) => (fail = reject));
    this.failure.catch(() => undefined);
    this.#fail = fail;
  }

  start(work: () => Promise<unknown>): void {
    const running = work()
      .catch(this.#fail)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all have ended, or the time is over. */
  async rest(patienceMs: number): Promise<void> {
    const over = new AbortController();
    const patience = pause(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#running), patience]);
    over.abort();
  }
}
