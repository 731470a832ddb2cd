/** Why what was on its way is given up: its attempt ended otherwise. */
export class Forgotten extends Error {
  override readonly name = 'Forgotten';
  constructor() {
    super('nobody wants it any more');
  }
}

interface Arrival {
  readonly stop: AbortController;
  /** Resolves when nothing is done for the attempt any more. */
  readonly last: Promise<unknown>;
}

/** What is being received for each attempt: one thing after the other, all of which can be given up. */
export class Arrivals {
  readonly #arrivals = new Map<number, Arrival>();
  readonly #stopped = new AbortController();

  /** Receives something for an attempt once what came before is over; the signal aborts with `Forgotten`, or at `stop`. */
  run<T>(attempt: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { stop, last } = this.#arrivals.get(attempt) ?? { stop: new AbortController(), last: Promise.resolve() };
    const signal = AbortSignal.any([stop.signal, this.#stopped.signal]);
    const result = last.then(() => work(signal));
    this.#keep(attempt, { stop, last: result.catch(() => undefined) });
    return result;
  }

  /** Gives up what comes for an attempt, then clears away what came; what is received later begins after that. */
  forget(attempt: number, clear: () => Promise<void>): Promise<void> {
    const former = this.#arrivals.get(attempt);
    former?.stop.abort(new Forgotten());
    const cleared = former ? former.last.then(clear) : clear();
    this.#keep(attempt, { stop: new AbortController(), last: cleared });
    return cleared;
  }

  /** Gives up everything, and what is still to come. */
  stop(): void {
    this.#stopped.abort(new Error('the master stops'));
  }

  #keep(attempt: number, arrival: Arrival): void {
    this.#arrivals.set(attempt, arrival);
    void arrival.last.then(() => {
      if (this.#arrivals.get(attempt) === arrival) this.#arrivals.delete(attempt);
    });
  }
}
