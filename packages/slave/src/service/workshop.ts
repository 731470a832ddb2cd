import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@piw/host/log';
import { PipShelf } from '@piw/host/pip/pip-shelf';
import { targetName } from '@piw/wheel/target';
import type { Build, Built } from '@piw/wire/slave-protocol';
import type { Limits } from '@piw/wire/vocabulary';
import type { BuildEnd } from '../build/build-order.ts';
import { buildWheel } from '../build/build-wheel.ts';
import { endLog } from '../build/end-log.ts';
import { type LogFile, openLogFile } from '../build/log-file.ts';
import { publicWords } from '../build/public-words.ts';
import { removeTree } from '../build/remove-tree.ts';
import type { Interpreter } from '../interpreters/interpreter.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Toolchains } from '../toolchains/toolchains.ts';
import { allowance } from './allowance.ts';
import { builtOf, slavesFault } from './built.ts';

/** What a slave builds with. */
export interface Workbench {
  /** A folder of this slave's own; what an attempt has lies in a folder of its own below. */
  readonly dir: string;
  /** What one attempt fetched helps the next. */
  readonly cacheDir: string;
  readonly sandbox: Sandbox;
  readonly interpreters: readonly Interpreter[];
  readonly toolchains: Toolchains;
  /** The program uv, where it is installed. */
  readonly uv: string | null;
  /** The most that its owner gives a build. */
  readonly limits: Limits;
  /** The owner's index, which beats the master's. */
  readonly indexUrl: string | null;
}

/** What the workshop tells while it works. */
export type WorkshopEvent =
  | { readonly type: 'step'; readonly attempt: number; readonly step: string }
  | { readonly type: 'ended'; readonly built: Built };

interface Piece {
  readonly log: LogFile;
  readonly cancel: AbortController;
  readonly done: Promise<void>;
  files: ReadonlyMap<string, string>;
}

/** Builds what is ordered, and keeps each attempt's log and files until it is told to forget them. */
export class Workshop {
  readonly #bench: Workbench;
  readonly #hear: (event: WorkshopEvent) => void;
  readonly #log: Logger;
  readonly #pips = new PipShelf();
  readonly #pieces = new Map<number, Piece>();

  constructor(bench: Workbench, log: Logger, hear: (event: WorkshopEvent) => void) {
    this.#bench = bench;
    this.#log = log;
    this.#hear = hear;
  }

  /** Begins an attempt in an empty folder; `ended` tells how it went, whatever happens. */
  begin(order: Build): void {
    const dir = this.#dirOf(order.attempt);
    const work = join(dir, 'work');
    try {
      mkdirSync(work, { recursive: true, mode: 0o700 });
      this.#start(order, work, openLogFile(join(dir, 'log.txt')));
    } catch (error) {
      this.#log.error({ err: error, attempt: order.attempt }, `attempt ${order.attempt} can't be begun`);
      this.#hear({ type: 'ended', built: builtOf(order.attempt, slavesFault(error, this.#wordsIn(work)), 0) });
    }
  }

  #start(order: Build, work: string, log: LogFile): void {
    const cancel = new AbortController();
    const done = this.#build(order, work, log, cancel.signal).then((end) => {
      endLog(log, end);
      piece.files = new Map(end.files.map(({ filename, path }) => [filename, path]));
      this.#hear({ type: 'ended', built: builtOf(order.attempt, end, log.bytes) });
    });
    const piece: Piece = { log, cancel, done, files: new Map() };
    this.#pieces.set(order.attempt, piece);
  }

  /** Stops an attempt's pipeline; it still ends. */
  cancel(attempt: number, why: string): void {
    this.#pieces.get(attempt)?.cancel.abort(new Error(why));
  }

  logOf(attempt: number): LogFile | undefined {
    return this.#pieces.get(attempt)?.log;
  }

  /** Where a file that was named in `ended` lies. */
  fileOf(attempt: number, filename: string): string | undefined {
    return this.#pieces.get(attempt)?.files.get(filename);
  }

  /** Stops what still runs of an attempt and removes all that it has. */
  async forget(attempt: number): Promise<void> {
    const piece = this.#pieces.get(attempt);
    if (piece) {
      piece.cancel.abort();
      await piece.done;
      this.#pieces.delete(attempt);
      piece.log.close();
    }
    await removeTree(this.#dirOf(attempt));
  }

  /** Forgets everything; what can't be removed in that time is left for the next start to clear away. */
  async close(patienceMs: number): Promise<void> {
    const attempts = [...this.#pieces.keys()];
    const timer = new AbortController();
    const patience = delay(patienceMs, false, { signal: timer.signal }).catch(() => false);
    const forgotten = Promise.all(attempts.map((attempt) => this.forget(attempt))).then(
      () => true,
      () => false,
    );
    if (!(await Promise.race([forgotten, patience])))
      this.#log.warn(`what is left in ${this.#bench.dir} is cleared away by the next start`);
    timer.abort();
    await this.#pips.close();
  }

  async #build(order: Build, dir: string, log: LogFile, signal: AbortSignal): Promise<BuildEnd> {
    const bench = this.#bench;
    const interpreter = this.#interpreterFor(order);
    if (!interpreter) return slavesFault(`it has no interpreter for ${targetName(order.target)} any more`);
    const onStep = ({ name, outcome }: { name: string; outcome: string }): void => {
      if (outcome === 'running') this.#hear({ type: 'step', attempt: order.attempt, step: name });
    };
    try {
      const indexUrl = bench.indexUrl ?? order.indexUrl;
      const { cacheDir, sandbox, toolchains, uv } = bench;
      return await buildWheel(
        { ...order, ...allowance(order, bench.limits), indexUrl },
        { dir, cacheDir, sandbox, interpreter, toolchains, pips: this.#pips, uv, log, onStep, signal, now: Date.now },
      );
    } catch (error) {
      this.#log.error({ err: error, attempt: order.attempt }, `attempt ${order.attempt} failed in the slave itself`);
      return slavesFault(error, this.#wordsIn(dir));
    }
  }

  #wordsIn(dir: string): (text: string) => string {
    return publicWords({ dir, cacheDir: this.#bench.cacheDir });
  }

  #dirOf(attempt: number): string {
    return join(this.#bench.dir, String(attempt));
  }

  #interpreterFor({ target }: Build): Interpreter | undefined {
    return this.#bench.interpreters.find((one) => targetName(one.target) === targetName(target));
  }
}
