import { open } from 'node:fs/promises';
import type { FromSlave } from '@piw/wire/slave-protocol';
import type { LogFile } from '../build/log-file.ts';
import { LogWindow } from './log-window.ts';

const pieceBytes = 64 << 10;
const unwatchedMs = 5_000;
/** After what a master or a disk refused: as long as that lasts, more of the same helps nobody. */
const pauseMs = 1_000;

/** What a log sender may do. */
export interface LogSenderWorld {
  say(message: FromSlave): Promise<boolean>;
  /** Asks the master, by an ALIVE, how far it is. */
  ask(): void;
  /** A clock that only goes forward, in ms. */
  now(): number;
}

/**
 * Sends one attempt's log from the file that it is kept in: every 5 s, and at every beat (250 ms) while somebody watches or
 * the end is near. What fills the window goes on as the master acknowledges it.
 */
export class LogSender {
  readonly attempt: number;
  readonly #log: Pick<LogFile, 'path' | 'bytes'>;
  readonly #world: LogSenderWorld;
  readonly #window = new LogWindow();
  #watched = false;
  #complete = false;
  #sentMs: number;
  #pausedUntilMs = -Infinity;
  /** When the master last told how far it is, or was asked. */
  #toldMs = -Infinity;
  #sending = false;
  /** There was reason to send while that was under way. */
  #again = false;

  constructor(attempt: number, log: Pick<LogFile, 'path' | 'bytes'>, world: LogSenderWorld) {
    this.attempt = attempt;
    this.#log = log;
    this.#world = world;
    this.#sentMs = world.now();
  }

  /** What the master has of it, and whether somebody looks. */
  acknowledge(offset: number, watched: boolean): void {
    this.#toldMs = this.#world.now();
    if (this.#window.acknowledge(offset)) this.#pausedUntilMs = this.#toldMs + pauseMs;
    this.#watched = watched;
  }

  /** A master that was greeted has that much of it, and what else was sent is lost. */
  resume(offset: number, watched: boolean): void {
    this.#window.resume(offset);
    this.#watched = watched;
  }

  /** An ALIVE leaves. */
  asked(): void {
    this.#window.asked();
    this.#toldMs = this.#world.now();
  }

  /** Nothing more will be written: what is left goes quickly. */
  complete(): void {
    this.#complete = true;
  }

  /** To be called every 250 ms; rejects where the file can't be read. */
  async beat(): Promise<void> {
    const nowMs = this.#world.now();
    if (nowMs < this.#pausedUntilMs) return;
    if (this.#watched || this.#hasMuch() || nowMs - this.#sentMs >= unwatchedMs) await this.#send();
    const awaited = this.#window.isFull() || (this.#complete && !this.#window.isDone(this.#log.bytes));
    if (awaited && nowMs - this.#toldMs >= pauseMs) this.#world.ask();
  }

  /** To be called whenever the master acknowledged something; a few lines wait for the next beat. Rejects as `beat` does. */
  async goOn(): Promise<void> {
    if (this.#hasMuch() && this.#world.now() >= this.#pausedUntilMs) await this.#send();
  }

  #hasMuch(): boolean {
    return this.#complete || this.#window.next(this.#log.bytes, pieceBytes)?.length === pieceBytes;
  }

  async #send(): Promise<void> {
    this.#again = true;
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.#sentMs = this.#world.now();
        await this.#flush(this.#log.bytes);
      }
    } catch (error) {
      this.#pausedUntilMs = this.#sentMs + unwatchedMs;
      throw error;
    } finally {
      this.#sending = false;
    }
  }

  async #flush(logBytes: number): Promise<void> {
    if (!this.#window.next(logBytes, pieceBytes)) return;
    const file = await open(this.#log.path);
    try {
      let piece = this.#window.next(logBytes, pieceBytes);
      for (; piece; piece = this.#window.next(logBytes, pieceBytes)) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(piece.length), 0, piece.length, piece.offset);
        const body = { attempt: this.attempt, offset: piece.offset, bytes: buffer.subarray(0, bytesRead) };
        // Before it leaves: its answer may come before `say` tells that it has left.
        this.#window.sent(bytesRead);
        if (bytesRead === 0 || !(await this.#world.say({ type: 'LOG', body }))) return;
      }
    } finally {
      await file.close();
    }
  }
}
