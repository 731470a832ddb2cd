/** What came in and nobody has taken yet; whoever puts in more than it holds waits. */
export class Inbox<T> implements AsyncIterable<T> {
  readonly #holds: number;
  readonly #items: T[] = [];
  readonly #wakes = new Set<() => void>();
  #closed = false;

  constructor(holds: number) {
    this.#holds = holds;
  }

  /** Resolves when there is room for another. */
  async put(item: T): Promise<void> {
    this.#items.push(item);
    this.#wake();
    while (this.#items.length >= this.#holds && !this.#closed) await this.#change();
  }

  /** Ends the iteration. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (!this.#closed) {
      const item = this.#items.shift();
      if (item === undefined) await this.#change();
      else {
        this.#wake();
        yield item;
      }
    }
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
    this.#wakes.clear();
  }

  readonly #change = (): Promise<void> => new Promise((resolve) => this.#wakes.add(resolve));
}
