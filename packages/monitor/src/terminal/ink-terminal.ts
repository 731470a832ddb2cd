import { Writable } from 'node:stream';
import type { TerminalSize } from '@piw/operator/terminal/terminal-size';
import { KeyStream } from './key-stream.ts';

/**
 * What ink takes for its terminal. By itself ink clears screen and scrollback with every frame as high as the terminal: what it writes here,
 * nobody reads. Out of the keyboard that it hears is taken what is no key.
 */
export class InkTerminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly #keys: KeyStream;

  /** `isHeard` is called as soon as ink hears the keys. */
  constructor(size: TerminalSize, isHeard: () => void) {
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    this.stdout = Object.assign(nowhere, { isTTY: true, ...size }) as unknown as NodeJS.WriteStream;
    this.#keys = new KeyStream(isHeard);
    this.stdin = this.#keys as unknown as NodeJS.ReadStream;
  }

  /** A key, or characters that were typed. */
  readonly push = (bytes: string): void => this.#keys.push(bytes);

  resized(size: TerminalSize): void {
    Object.assign(this.stdout, size);
    this.stdout.emit('resize');
  }
}
