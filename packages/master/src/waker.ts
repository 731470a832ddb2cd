/** Wakes one sleeper. A call that comes while it is awake isn't lost: its next sleep is none. */
export class Waker {
  #wanted = false;
  #rouse: () => void = () => undefined;

  readonly wake = (): void => {
    this.#wanted = true;
    this.#rouse();
  };

  /** Until somebody calls, the signal says stop, or `mostMs` milliseconds are over. */
  async sleep(signal: AbortSignal, mostMs?: number): Promise<void> {
    if (!this.#wanted && !signal.aborted) await this.#untilRoused(signal, mostMs);
    this.#wanted = false;
  }

  async #untilRoused(signal: AbortSignal, mostMs?: number): Promise<void> {
    const rouse = () => this.#rouse();
    const alarm = mostMs === undefined ? undefined : setTimeout(rouse, mostMs);
    signal.addEventListener('abort', rouse, { once: true });
    await new Promise<void>((resolve) => (this.#rouse = resolve));
    signal.removeEventListener('abort', rouse);
    clearTimeout(alarm);
  }
}
