/** Wakes one sleeper. A call that comes while it is awake isn't lost: its next sleep is none. */
export class Waker {
  #wanted = false;
  #rouse: () => void = () => undefined;

  readonly wake = (): void => {
    this.#wanted = true;
    this.#rouse();
  };

  /** Until somebody calls, or the signal says stop. */
  async sleep(signal: AbortSignal): Promise<void> {
    if (this.#wanted || signal.aborted) {
      this.#wanted = false;
      return;
    }
    const stop = () => this.#rouse();
    signal.addEventListener('abort', stop, { once: true });
    await new Promise<void>((resolve) => (this.#rouse = resolve));
    signal.removeEventListener('abort', stop);
    this.#wanted = false;
  }
}
