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

/** Sends one attempt's log from the file that it is kept in: every 5 s, and at every beat (250 ms) while somebody watches or the end is near. */
export class LogSender {
  readonly attempt: number;
  readonly #log: Pick<LogFile, 'path' | 'bytes'>;
  readonly #world: LogSenderWorld;
  readonly #window = new LogWindow();
  #watched = false;
  #complete = false;
  #sentMs: number;
  #pausedUntilMs = -Infinity;
  /** How much had left when the master was last asked, and when that was. */
  #asked = { sentBytes: -1, ms: -Infinity };

  constructor(attempt: number, log: Pick<LogFile, 'path' | 'bytes'>, world: LogSenderWorld) {
    this.attempt = attempt;
    this.#log = log;
    this.#world = world;
    this.#sentMs = world.now();
  }

  /** What the master has of it, and whether somebody looks. */
  acknowledge(offset: number, watched: boolean): void {
    if (this.#window.acknowledge(offset)) this.#pausedUntilMs = this.#world.now() + pauseMs;
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
    this.#asked = { sentBytes: this.#window.sentBytes, ms: this.#world.now() };
  }

  /** Nothing more will be written: what is left goes quickly. */
  complete(): void {
    this.#complete = true;
  }

  /** To be called every 250 ms, one call at a time; rejects where the file can't be read. */
  async beat(): Promise<void> {
    const nowMs = this.#world.now();
    const { bytes } = this.#log;
    if (nowMs < this.#pausedUntilMs || !(this.#isUrgent(bytes) || nowMs - this.#sentMs >= unwatchedMs)) return;
    this.#sentMs = nowMs;
    try {
      await this.#flush(bytes);
    } catch (error) {
      this.#pausedUntilMs = nowMs + unwatchedMs;
      throw error;
    }
    const awaited = this.#window.isFull() || (this.#complete && !this.#window.isDone(bytes));
    const isNews = this.#asked.sentBytes !== this.#window.sentBytes;
    if (awaited && (isNews || nowMs - this.#asked.ms >= pauseMs)) this.#world.ask();
  }

  #isUrgent(logBytes: number): boolean {
    const isWhole = this.#window.next(logBytes, pieceBytes)?.length === pieceBytes;
    return this.#watched || this.#complete || this.#window.isFull() || isWhole;
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
