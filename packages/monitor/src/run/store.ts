import type { Effect, MonitorEvent } from '../state/event.ts';
import type { Monitor } from '../state/monitor.ts';
import { step } from '../state/step.ts';

/** The monitor of a run: events change it, whoever draws it hears, and what is to be done is performed. */
export class Store {
  #monitor: Monitor;
  readonly #listeners = new Set<() => void>();
  #perform: (effect: Effect) => void = () => undefined;

  constructor(monitor: Monitor) {
    this.#monitor = monitor;
  }

  readonly get = (): Monitor => this.#monitor;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Who does what is to be done. */
  performWith(perform: (effect: Effect) => void): void {
    this.#perform = perform;
  }

  readonly dispatch = (event: MonitorEvent): void => {
    const before = this.#monitor;
    const [monitor, effects] = step(before, event);
    this.#monitor = monitor;
    if (monitor !== before) for (const listener of this.#listeners) listener();
    for (const effect of effects) this.#perform(effect);
  };
}
