import type { Readable } from 'node:stream';

/** A mark that no text can hold by chance: a zero byte, and what was drawn for this once. */
export const markOf = (drawn: string): string => `\0${drawn}\n`;

/** What a program says, passed on as it comes but for the marks in it, each of which tells that all before it has been heard. */
export class MarkedOutput {
  readonly #waiting: { readonly mark: Buffer; readonly reached: () => void }[] = [];
  #hear: (bytes: Buffer) => void = () => undefined;
  #held: Buffer = Buffer.alloc(0);
  #isOver = false;

  constructor(stream: Readable) {
    stream.on('data', (bytes: Buffer) => {
      this.#held = Buffer.concat([this.#held, bytes]);
      while (this.#passOn());
    });
    stream.once('close', () => {
      this.#isOver = true;
      this.#tell(this.#held);
      for (const { reached } of this.#waiting.splice(0)) reached();
    });
  }

  /** From now on this one hears it. */
  listen(hear: (bytes: Buffer) => void): void {
    this.#hear = hear;
  }

  /** Resolves when the mark has come, or nothing will any more. Marks come in the order in which they are waited for. */
  until(drawn: string): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    return new Promise((reached) => this.#waiting.push({ mark: Buffer.from(markOf(drawn)), reached }));
  }

  /** Passes on what can be no mark, or takes one out; whether there may be more to do. */
  #passOn(): boolean {
    const zero = this.#held.indexOf(0);
    const [next] = this.#waiting;
    const plain = zero === -1 ? this.#held.length : zero + (next === undefined ? 1 : 0);
    this.#tell(this.#held.subarray(0, plain));
    this.#held = this.#held.subarray(plain);
    if (next === undefined || this.#held.length === 0) return this.#held.length > 0;
    if (next.mark.equals(this.#held.subarray(0, next.mark.length))) {
      this.#held = this.#held.subarray(next.mark.length);
      this.#waiting.shift()!.reached();
      return true;
    }
    if (next.mark.subarray(0, this.#held.length).equals(this.#held)) return false; // the beginning of the mark
    this.#tell(this.#held.subarray(0, 1));
    this.#held = this.#held.subarray(1);
    return true;
  }

  #tell(bytes: Buffer): void {
    if (bytes.length > 0) this.#hear(bytes);
  }
}
