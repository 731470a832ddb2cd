import type { Logger } from '@piw/host/log';
import type { DialKeys } from '@piw/wire/keys/dial-keys';
import type { KeyError } from '@piw/wire/keys/key-error';
import type { MasterAddress } from '@piw/wire/master-address';
import type { FromSlave, ToSlave } from '@piw/wire/slave-protocol';
import type { FileSender } from './file-sender.ts';
import { Line, type LineWorld } from './line.ts';

/** What a slave makes of its masters. */
export interface Ears {
  /** There is somebody to say HELLO to. */
  connected(): void;
  hear(message: ToSlave): void;
  /** A master and the slave don't agree on keys; it is tried again. */
  refused(why: KeyError): void;
}

/**
 * Lines to all masters that may be the active one. Those that stand by don't listen, so that whoever answers is it; of two that
 * answer, as when one was cut off from the database and doesn't know yet, the one with the higher epoch. What others say
 * isn't heard.
 */
export class MasterLines {
  readonly #lines: readonly Line[];
  readonly #ears: Ears;
  readonly #log: Logger;
  readonly #connected = new Set<Line>();
  /** Who answered last. */
  #active: Line | undefined;

  constructor(masters: readonly MasterAddress[], keys: DialKeys | undefined, ears: Ears, log: Logger) {
    this.#ears = ears;
    this.#log = log;
    const world: LineWorld = {
      connected: (line) => this.#connect(line),
      disconnected: (line) => this.#disconnect(line),
      hear: (line, message) => this.#hear(line, message),
      refused: (why) => ears.refused(why),
    };
    this.#lines = masters.map((master) => new Line(master, keys, world, log));
  }

  /** What sends files to the active master; undefined before one has answered. */
  get sender(): FileSender | undefined {
    return this.#active?.sender;
  }

  /**
   * To the active master, HELLO also to those that haven't answered one; resolves with whether anybody was there. A HELLO waits
   * for nobody: one that came late would tell of work that the slave has no more, or not yet.
   */
  async say(message: FromSlave): Promise<boolean> {
    const active = this.#active;
    if (active && message.type !== 'HELLO') return active.say(message);
    const lines = [...this.#connected].filter((line) => line === active || line.epoch === undefined);
    return (await Promise.all(lines.map((line) => line.say(message)))).some(Boolean);
  }

  /** Hears masters until the lines are closed. */
  async listen(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.listen()));
  }

  close(): void {
    for (const line of this.#lines) line.close();
  }

  /** The active master is silent: the next HELLO is for all that are there, and whoever answers is it. */
  seek(): void {
    for (const line of this.#lines) line.epoch = undefined;
  }

  #connect(line: Line): void {
    this.#connected.add(line);
    line.epoch = undefined;
    this.#ears.connected();
  }

  /** Without the active master everybody else who is there is asked again. */
  #disconnect(line: Line): void {
    this.#connected.delete(line);
    line.epoch = undefined;
    if (line !== this.#active) return;
    this.seek();
    if (this.#connected.size > 0) this.#ears.connected();
  }

  #hear(line: Line, message: ToSlave): void {
    if (message.type === 'WELCOME') this.#answer(line, message);
    else if (line === this.#active || this.#active?.epoch === undefined) this.#ears.hear(message);
  }

  #answer(line: Line, message: Extract<ToSlave, { type: 'WELCOME' }>): void {
    const former = this.#active;
    line.epoch = message.body.epoch;
    if (line === former || former === undefined) {
      this.#active = line;
      return this.#ears.hear(message);
    }
    if (former.epoch !== undefined && line.epoch <= former.epoch) return;
    former.sender.stop();
    this.#active = line;
    this.#log.info(`the active master is ${line.address}`);
    if (former.epoch === undefined) this.#ears.hear(message);
    // It was known to the other one: all begins anew with this one.
    else this.#ears.connected();
  }
}
