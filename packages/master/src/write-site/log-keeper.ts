import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runningBuilds } from '@piw/db/builds';
import type { LogRoom } from '../drive-slaves/world.ts';
import type { Premises } from '../premises.ts';
import { logPath } from '../published-path.ts';
import { FolderSyncs } from './folder-syncs.ts';
import { packLog, packText } from './pack-log.ts';
import { PackedLogs } from './packed-logs.ts';
import { type LogPart, partOfText, readLogText } from './read-log.ts';
import { YoungLogs } from './young-logs.ts';

/** What the keeper needs of the master. */
type Place = Pick<Premises, 'paths' | 'log' | 'now'>;

/** More than any slave may write; what comes beyond is not kept. */
const mostBytes = 128 * 2 ** 20;

/** A log that is younger is in memory alone, and those that no longer are are looked for this often; in milliseconds. */
const momentMs = 1000;
const lookMs = 250;

/** A disk that can't be written is complained of this often, in milliseconds. */
const complaintMs = 60_000;

/**
 * Keeps logs: of running attempts as text, in memory for their first second and then below incoming/; of ended ones
 * compressed where they are served. Slaves keep their own until the attempt ended, so that what is lost here comes again.
 */
export class LogKeeper implements LogRoom {
  readonly #place: Place;
  readonly #young = new YoungLogs();
  /** Of those that are below incoming/. */
  readonly #lengths = new Map<number, number>();
  /** Texts of ended attempts until they are packed: those that were young, and which of them lie below incoming/. */
  readonly #closing = new Map<number, Buffer>();
  readonly #closingFiles = new Set<number>();
  readonly #syncs = new FolderSyncs();
  readonly #packedLogs = new PackedLogs();
  readonly #packing = new Map<number, Promise<unknown>>();
  /** Logs of ended attempts that are still to be packed. */
  readonly #left = new Set<number>();
  #complainedMs = -Infinity;
  #isStopped = false;

  /** Opens the room; logs of attempts that have ended meanwhile, as when a master died, are packed first. */
  static async open(place: Place & Pick<Premises, 'pool'>): Promise<LogKeeper> {
    const keeper = new LogKeeper(place);
    const folder = place.paths.runningLogs;
    await mkdir(folder, { recursive: true });
    const running = new Set((await runningBuilds(place.pool)).map(({ attempt }) => attempt));
    const names = new Set(await readdir(folder));
    const kept = [...names].map((name) => Number.parseInt(name, 10)).filter(Number.isSafeInteger);
    for (const attempt of new Set(kept)) {
      await keeper.#find(attempt, names);
      if (!running.has(attempt)) await keeper.closeIfPossible(attempt);
    }
    return keeper;
  }

  private constructor(place: Place) {
    this.#place = place;
  }

  /** Writes what isn't young any more, until the signal says stop; then all: the next master goes on with it. */
  async run(signal: AbortSignal): Promise<void> {
    while (await sleep(lookMs, true, { signal }).catch(() => false)) this.#settleAll(this.#place.now() - momentMs);
    this.#isStopped = true;
    this.#settleAll(Infinity);
  }

  /** Adds what is new of bytes at an offset, none where that leaves a gap or the disk is full; returns the length then. */
  append(attempt: number, offset: number, bytes: Uint8Array): number {
    const held = this.length(attempt);
    const news = bytes.subarray(Math.max(held - offset, 0));
    if (offset > held || news.length === 0 || held + news.length > mostBytes) return held;
    return held + this.#add(attempt, news);
  }

  /** How much is kept of a running attempt's log, in bytes; 0 once it is packed, so that an attempt taken up again sends it all. */
  length(attempt: number): number {
    return this.#young.length(attempt) ?? this.#lengths.get(attempt) ?? 0;
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
    const young = this.#young.text(attempt);
    if (young) return partOfText(young, offset, limit);
    for (const path of [this.#runningPath(attempt), this.#closingPath(attempt)]) {
      const part = await readLogText(path, offset, limit);
      if (part) return part;
    }
    const closing = this.#closing.get(attempt);
    if (closing) return partOfText(closing, offset, limit);
    const packed = await this.#packedLogs.read(this.#packedPath(attempt), offset, limit);
    return packed ?? { bytes: new Uint8Array(), sizeBytes: 0, ended: false };
  }

  async #packLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    for (const attempt of left) await this.closeIfPossible(attempt);
  }

  async #pack(attempt: number): Promise<{ readonly logBytes: number }> {
    const [closing, aside] = [this.#closingPath(attempt), join(this.#place.paths.runningLogs, `${attempt}.gz`)];
    const text = this.#takeText(attempt);
    if (!text) return this.#packFile(attempt, closing, aside);
    this.#closing.set(attempt, text);
    const packed = await packText(text, aside, this.#packedPath(attempt), this.#syncs);
    this.#closing.delete(attempt);
    if (this.#closingFiles.delete(attempt)) await rm(closing, { force: true });
    return packed;
  }

  async #packFile(attempt: number, closing: string, aside: string): Promise<{ readonly logBytes: number }> {
    const packed = await packLog(closing, aside, this.#packedPath(attempt), this.#syncs);
    this.#closingFiles.delete(attempt);
    return packed;
  }

  /** What is to be packed, if it is in memory; if not, it is where it waits on the disk. */
  #takeText(attempt: number): Buffer | undefined {
    const young = this.#young.text(attempt);
    this.#young.drop(attempt);
    if (!this.#lengths.has(attempt)) return young ?? this.#closing.get(attempt);
    renameIfThere(this.#runningPath(attempt), this.#closingPath(attempt));
    this.#lengths.delete(attempt);
    this.#closing.delete(attempt);
    this.#closingFiles.add(attempt);
    return undefined;
  }

  /** A log that a master before this one kept. */
  async #find(attempt: number, names: ReadonlySet<string>): Promise<void> {
    if (names.has(`${attempt}.closing`)) this.#closingFiles.add(attempt);
    if (names.has(`${attempt}.log`)) this.#lengths.set(attempt, (await stat(this.#runningPath(attempt))).size);
  }

  /** How many bytes found a place: in memory, unless the log is there already where it can grow. */
  #add(attempt: number, bytes: Uint8Array): number {
    const isYoung = !this.#isStopped && !this.#lengths.has(attempt);
    if (isYoung && this.#young.add(attempt, bytes, this.#place.now())) return bytes.length;
    return this.#settle(attempt) ? this.#write(attempt, bytes) : 0;
  }

  #settleAll(sinceMs: number): void {
    for (const attempt of this.#young.since(sinceMs)) if (!this.#settle(attempt)) return;
  }

  /** A young log goes to its file, all of it or nothing; whether none is in memory any more. */
  #settle(attempt: number): boolean {
    const text = this.#young.text(attempt);
    if (!text) return true;
    const isWritten = this.#write(attempt, text) === text.length;
    if (isWritten) this.#young.drop(attempt);
    else this.#unwrite(attempt);
    return isWritten;
  }

  /** How many bytes the disk took. */
  #write(attempt: number, bytes: Uint8Array): number {
    try {
      const file = openSync(this.#runningPath(attempt), 'a');
      try {
        const written = writeSync(file, bytes);
        this.#lengths.set(attempt, (this.#lengths.get(attempt) ?? 0) + written);
        return written;
      } finally {
        closeSync(file);
      }
    } catch (error) {
      this.#complain(error as Error);
      return 0;
    }
  }

  /** An empty file would be taken for its log one day. */
  #unwrite(attempt: number): void {
    rmSync(this.#runningPath(attempt), { force: true });
    this.#lengths.delete(attempt);
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

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
