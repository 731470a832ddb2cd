/** Has files brought to the disk, one at a time: each takes a thread of the few that all work on files shares. */
export class Flushes {
  #isBusy = false;

  /** Begins one, unless another is under way. */
  begin(flush: () => Promise<void>): Promise<void> | undefined {
    if (this.#isBusy) return undefined;
    this.#isBusy = true;
    return flush().finally(() => {
      this.#isBusy = false;
    });
  }
}
