import { open } from 'node:fs/promises';
import type { FromSlave } from '@piw/wire/slave-protocol';
import type { LogFile } from '../build/log-file.ts';
import { LogWindow } from './log-window.ts';

const pieceBytes = 64 << 10;
const unwatchedMs = 5_000;

/** What a log sender may do. */
export interface LogSenderWorld {
  say(message: FromSlave): Promise<boolean>;
  /** Asks the master, by an ALIVE, how far it is. */
  ask(): void;
  now(): number;
}

/** Sends one attempt's log from the file that it is kept in: every 5 s, and at every beat (250 ms) while somebody watches or the end is near. */
export class LogSender {
  readonly attempt: number;
  readonly #log: LogFile;
  readonly #world: LogSenderWorld;
  readonly #window = new LogWindow();
  #watched = false;
  #complete = false;
  #lastMs: number;
  #busy = false;

  constructor(attempt: number, log: LogFile, world: LogSenderWorld) {
    this.attempt = attempt;
    this.#log = log;
    this.#world = world;
    this.#lastMs = world.now();
  }

  /** What the master knows of it, and whether somebody looks. */
  acknowledge(offset: number, watched: boolean): void {
    this.#window.acknowledge(offset);
    this.#watched = watched;
  }

  /** An ALIVE leaves. */
  asked(): void {
    this.#window.asked();
  }

  /** Nothing more will be written: what is left goes quickly. */
  complete(): void {
    this.#complete = true;
  }

  /** To be called every 250 ms. */
  async beat(): Promise<void> {
    const { bytes } = this.#log;
    const hurry = this.#watched || this.#complete || this.#window.next(bytes, pieceBytes)?.length === pieceBytes;
    if (this.#busy || (!hurry && this.#world.now() - this.#lastMs < unwatchedMs)) return;
    this.#busy = true;
    this.#lastMs = this.#world.now();
    try {
      await this.#flush(bytes);
      if (this.#window.isFull() || (this.#complete && !this.#window.isDone(bytes))) this.#world.ask();
    } finally {
      this.#busy = false;
    }
  }

  async #flush(logBytes: number): Promise<void> {
    if (!this.#window.next(logBytes, pieceBytes)) return;
    const file = await open(this.#log.path);
    try {
      for (
        let piece = this.#window.next(logBytes, pieceBytes);
        piece;
        piece = this.#window.next(logBytes, pieceBytes)
      ) {
        const bytes = Buffer.alloc(piece.length);
        const { bytesRead } = await file.read(bytes, 0, piece.length, piece.offset);
        const body = { attempt: this.attempt, offset: piece.offset, bytes: bytes.subarray(0, bytesRead) };
        if (bytesRead === 0 || !(await this.#world.say({ type: 'LOG', body }))) return;
        this.#window.sent(bytesRead);
      }
    } finally {
      await file.close();
    }
  }
}
