import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runningBuilds } from '@piw/db/builds';
import type { LogRoom } from '../drive-slaves/world.ts';
import type { Premises } from '../premises.ts';
import { logPath } from '../published-path.ts';
import { packLog } from './pack-log.ts';
import { PackedLogs } from './packed-logs.ts';
import { type LogPart, readLogText } from './read-log.ts';

/** What the keeper needs of the master. */
type Place = Pick<Premises, 'paths' | 'log' | 'now'>;

/** More than any slave may write; what comes beyond is not kept. */
const mostBytes = 128 * 2 ** 20;

/** A disk that can't be written is complained of this often, in milliseconds. */
const complaintMs = 60_000;

/**
 * Keeps logs: of running attempts as text below incoming/, of ended ones compressed where they are served. Slaves keep
 * their own until the attempt ended, so that what is lost here comes again.
 */
export class LogKeeper implements LogRoom {
  readonly #place: Place;
  readonly #lengths = new Map<number, number>();
  readonly #packedLogs = new PackedLogs();
  readonly #packing = new Map<number, Promise<unknown>>();
  /** Logs of ended attempts that are still to be packed. */
  readonly #left = new Set<number>();
  #complainedMs = -Infinity;

  /** Opens the room; logs of attempts that have ended meanwhile, as when a master died, are packed first. */
  static async open(place: Place & Pick<Premises, 'pool'>): Promise<LogKeeper> {
    const keeper = new LogKeeper(place);
    const folder = place.paths.runningLogs;
    await mkdir(folder, { recursive: true });
    const running = new Set((await runningBuilds(place.pool)).map(({ attempt }) => attempt));
    const kept = (await readdir(folder)).map((name) => Number.parseInt(name, 10)).filter(Number.isSafeInteger);
    for (const attempt of new Set(kept)) if (!running.has(attempt)) await keeper.closeIfPossible(attempt);
    return keeper;
  }

  private constructor(place: Place) {
    this.#place = place;
  }

  /** Adds what is new of bytes at an offset, none where that leaves a gap or the disk is full; returns the length then. */
  append(attempt: number, offset: number, bytes: Uint8Array): number {
    const held = this.length(attempt);
    const news = bytes.subarray(Math.max(held - offset, 0));
    if (offset > held || news.length === 0 || held + news.length > mostBytes) return held;
    const length = held + this.#write(attempt, news);
    this.#lengths.set(attempt, length);
    return length;
  }

  /** How much is kept of a running attempt's log, in bytes; 0 once it is packed, so that an attempt taken up again sends it all. */
  length(attempt: number): number {
    const known = this.#lengths.get(attempt);
    if (known !== undefined) return known;
    const size = statSync(this.#runningPath(attempt), { throwIfNoEntry: false })?.size;
    if (size !== undefined) this.#lengths.set(attempt, size);
    return size ?? 0;
  }

  /** The attempt ended: its log is packed and put where it is served, in place of an earlier one. Rejects with the disk's errors, and may be tried again. */
  async close(attempt: number): Promise<{ readonly logBytes: number }> {
    for (let former = this.#packing.get(attempt); former; former = this.#packing.get(attempt))
      await former.catch(() => undefined);
    const packing = this.#pack(attempt);
    this.#packing.set(attempt, packing);
    try {
      const closed = await packing;
      void this.#packLeft();
      return closed;
    } finally {
      this.#packing.delete(attempt);
    }
  }

  /** The same of an attempt that nobody waits for: what a full disk prevents is tried again when another log is packed. */
  async closeIfPossible(attempt: number): Promise<void> {
    try {
      await this.close(attempt);
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      this.#left.add(attempt);
      this.#place.log.warn(`the log of attempt ${attempt} can't be packed, and waits: ${error.message}`);
    }
  }

  /** A part of a log, running or ended; nothing of one that never said anything. */
  async read(attempt: number, offset: number, limit: number): Promise<LogPart> {
    for (const path of [this.#runningPath(attempt), this.#closingPath(attempt)]) {
      const part = await readLogText(path, offset, limit);
      if (part) return part;
    }
    const packed = await this.#packedLogs.read(this.#packedPath(attempt), offset, limit);
    return packed ?? { bytes: new Uint8Array(), sizeBytes: 0, ended: false };
  }

  async #packLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    for (const attempt of left) await this.closeIfPossible(attempt);
  }

  async #pack(attempt: number): Promise<{ readonly logBytes: number }> {
    const [running, closing] = [this.#runningPath(attempt), this.#closingPath(attempt)];
    if (statSync(running, { throwIfNoEntry: false })) renameSync(running, closing);
    this.#lengths.delete(attempt);
    return packLog(closing, join(this.#place.paths.runningLogs, `${attempt}.gz`), this.#packedPath(attempt));
  }

  /** How many bytes the disk took. */
  #write(attempt: number, bytes: Uint8Array): number {
    try {
      const file = openSync(this.#runningPath(attempt), 'a');
      try {
        return writeSync(file, bytes);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      this.#complain(error as Error);
      return 0;
    }
  }

  #complain(error: Error): void {
    const { now, log } = this.#place;
    if (now() - this.#complainedMs < complaintMs) return;
    this.#complainedMs = now();
    log.warn(`logs of running builds can't be written, and wait: ${error.message}`);
  }

  #runningPath(attempt: number): string {
    return join(this.#place.paths.runningLogs, `${attempt}.log`);
  }

  /** Where a log is while it is packed: what is appended then begins anew. */
  #closingPath(attempt: number): string {
    return join(this.#place.paths.runningLogs, `${attempt}.closing`);
  }

  #packedPath(attempt: number): string {
    return join(this.#place.paths.output, logPath(attempt));
  }
}
