import { EventEmitter } from 'node:events';

/** What ink takes for its keyboard: it reads each key by itself, at once, so that keys keep their place among what doesn't go through ink. */
export class KeyStream extends EventEmitter {
  readonly isTTY = true;
  readonly #keys: string[] = [];
  readonly #isHeard: () => void;

  /** `isHeard` is called as soon as there is somebody who hears the keys. */
  constructor(isHeard: () => void) {
    super();
    this.#isHeard = isHeard;
  }

  /** A key, or characters that were typed. */
  push(bytes: string): void {
    this.#keys.push(bytes);
    this.emit('readable');
  }

  read(): string | null {
    return this.#keys.shift() ?? null;
  }

  override addListener(event: string, listener: (...args: unknown[]) => void): this {
    super.addListener(event, listener);
    if (event === 'readable') this.#isHeard();
    return this;
  }

  setEncoding(): this {
    return this;
  }

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
