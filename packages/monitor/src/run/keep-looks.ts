import type { ControlClient } from '@piw/wire/control-client';
import type { Answer, ControlType } from '@piw/wire/control-protocol';
import type { Wish } from '../state/look.ts';
import type { Monitor } from '../state/monitor.ts';
import { standingWish } from '../state/restraint.ts';
import { viewAt } from '../views/views.ts';
import type { Store } from './store.ts';

/** Asks the master for what the view wants to know, again and again as it grows old, one question of a kind at a time. */
export class LookKeeper {
  readonly #store: Store;
  readonly #control: ControlClient;
  readonly #signal: AbortSignal;
  readonly #asked = new Set<string>();

  constructor(store: Store, control: ControlClient, signal: AbortSignal) {
    this.#store = store;
    this.#control = control;
    this.#signal = signal;
  }

  /** Asks for what is missing or old. */
  look(): void {
    const monitor = this.#store.get();
    for (const one of [standingWish, ...viewAt(monitor.place).wishes(monitor)])
      if (!this.#asked.has(one.id) && isDue(one, monitor)) void this.#ask(one);
  }

  async #ask({ id, question, ask }: Wish): Promise<void> {
    this.#asked.add(id);
    try {
      const answer: Answer<ControlType> = await this.#control.ask(question, ask, {
        signal: this.#signal,
      });
      this.#store.dispatch({ type: 'LOOKED', id, answer });
    } catch (error) {
      if (!this.#signal.aborted) this.#store.dispatch({ type: 'LOOK_FAILED', id, trouble: (error as Error).message });
    } finally {
      this.#asked.delete(id);
    }
  }
}

const isDue = ({ id, freshMs }: Wish, { looks, nowMs }: Monitor): boolean => {
  const known = looks[id];
  return known === undefined || (Number.isFinite(freshMs) && nowMs - known.atMs >= freshMs); // what stays as it was is asked once
};
