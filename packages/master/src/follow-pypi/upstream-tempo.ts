import { BusyIndexError } from './busy-index-error.ts';
import type { UpstreamPace } from './follow-upstream.ts';

/** So many failures in a row are not those of so many pages, but the index's. */
const failuresAllowed = 3;

/**
 * How soon the next question may be asked. While upstream answers, at its pace. Once nothing but failures comes, one after a while, and
 * each time longer, so that an index that is down is not asked for every package in turn; if it says when to come again, then.
 */
export class UpstreamTempo {
  readonly #pace: UpstreamPace;
  #failures = 0;
  #againMs = 0;

  constructor(pace: UpstreamPace) {
    this.#pace = pace;
  }

  /** It answered; whether it had been taken for dead. */
  heard(): boolean {
    const wasDead = this.isDead;
    this.#failures = 0;
    this.#againMs = 0;
    return wasDead;
  }

  failed(error: unknown): void {
    this.#failures += 1;
    this.#againMs = error instanceof BusyIndexError ? error.againMs : 0;
  }

  get isDead(): boolean {
    return this.#failures >= failuresAllowed;
  }

  /** In milliseconds. */
  get restMs(): number {
    const { gapMs, lookMs, retryMs, everyMs } = this.#pace;
    if (!this.isDead) return gapMs;
    const doubled = lookMs * 2 ** (this.#failures - failuresAllowed);
    return Math.max(gapMs, Math.min(everyMs, Math.max(this.#againMs, Math.min(retryMs, doubled))));
  }
}
