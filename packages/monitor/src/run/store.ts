import { plainTyping } from '@piw/host/as-typed';
import { type AsTyped, asTypedIn } from '@piw/operator/as-typed';
import type { Effect, MonitorEvent } from '../state/event.ts';
import type { Monitor } from '../state/monitor.ts';
import { step } from '../state/step.ts';
import { eventAsTyped } from './event-as-typed.ts';

/** The monitor of a run: events change it, whoever draws it hears, and what is to be done is performed. */
export class Store {
  #monitor: Monitor;
  readonly #asTyped: AsTyped;
  readonly #listeners = new Set<() => void>();
  #perform: (effect: Effect) => void = () => undefined;

  /** Commands that the master speaks of are shown as `asTyped` has them. */
  constructor(monitor: Monitor, asTyped: AsTyped = asTypedIn(plainTyping)) {
    this.#monitor = monitor;
    this.#asTyped = asTyped;
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
    const [monitor, effects] = step(before, eventAsTyped(event, this.#asTyped));
    this.#monitor = monitor;
    if (monitor !== before) for (const listener of this.#listeners) listener();
    for (const effect of effects) this.#perform(effect);
  };
}
