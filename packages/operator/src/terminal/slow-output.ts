import { writeSync } from 'node:fs';

/** What node has beneath a terminal's stream. */
interface Handle {
  setBlocking(blocking: boolean): unknown;
}

/** A process that ends waits half a second at most. */
const [lastTries, lastTryMs] = [50, 10];

/**
 * The output of a terminal that may take nothing for a while: somebody stopped it (XOFF), or the connection to it hangs. Node writes to
 * terminals blocking, so that the whole program would stand still, deaf to signals; here what isn't taken waits. One picture waits at most,
 * and the latest: whoever draws is asked again once the terminal has taken what it was given.
 */
export class SlowOutput {
  readonly #out: NodeJS.WriteStream & { readonly fd: number };
  #untaken = 0;
  #onTaken = new Set<() => void>();

  constructor(out: NodeJS.WriteStream & { readonly fd: number }) {
    this.#out = out;
  }

  /** Whether all that was written is taken. */
  get isTaken(): boolean {
    return this.#untaken === 0;
  }

  write(text: string): void {
    this.#untaken += 1;
    this.#out.write(text, () => {
      this.#untaken -= 1;
      if (this.#untaken > 0) return;
      const waiting = [...this.#onTaken];
      this.#onTaken.clear();
      for (const one of waiting) one();
    });
  }

  /** Writes what must be written before the process ends, which waits for nothing: past what waits, as far as the terminal takes it. */
  writeLast(text: string): void {
    const { fd, writableLength } = this.#out;
    if (!writableLength) return this.write(text);
    let rest = Buffer.from(text);
    for (let tries = 0; tries < lastTries && rest.length > 0; tries += 1)
      try {
        rest = rest.subarray(writeSync(fd, rest));
      } catch {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lastTryMs);
      }
  }

  /** Calls back once all is taken that was written; at once where it is. */
  whenTaken(then: () => void): void {
    if (this.isTaken) then();
    else this.#onTaken.add(then);
  }

  /** Who is started with this terminal makes it blocking again for all (libuv does, in the child). */
  block(blocking: boolean): void {
    (this.#out as { readonly _handle?: Handle })._handle?.setBlocking(blocking);
  }
}
