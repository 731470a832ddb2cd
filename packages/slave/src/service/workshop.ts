import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@piw/host/log';
import { targetName } from '@piw/wheel/target';
import type { Build, Built } from '@piw/wire/slave-protocol';
import type { Limits } from '@piw/wire/vocabulary';
import type { BuildEnd } from '../build/build-order.ts';
import { buildWheel } from '../build/build-wheel.ts';
import { type LogFile, openLogFile } from '../build/log-file.ts';
import { removeTree } from '../build/remove-tree.ts';
import type { Interpreter } from '../interpreters/interpreter.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Toolchains } from '../toolchains/toolchains.ts';

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
  readonly dir: string;
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
  readonly #pieces = new Map<number, Piece>();

  constructor(bench: Workbench, log: Logger, hear: (event: WorkshopEvent) => void) {
    this.#bench = bench;
    this.#log = log;
    this.#hear = hear;
  }

  /** Begins an attempt in an empty folder; `ended` tells how it went, whatever happens. */
  begin(order: Build): void {
    const dir = join(this.#bench.dir, String(order.attempt));
    const work = join(dir, 'work');
    try {
      mkdirSync(work, { recursive: true, mode: 0o700 });
      this.#start(order, dir, work, openLogFile(join(dir, 'log.txt')));
    } catch (error) {
      this.#hear({ type: 'ended', built: builtOf(order.attempt, slavesFault(error), 0) });
    }
  }

  #start(order: Build, dir: string, work: string, log: LogFile): void {
    const cancel = new AbortController();
    const done = this.#build(order, work, log, cancel.signal).then((end) => {
      piece.files = new Map(end.files.map(({ filename, path }) => [filename, path]));
      this.#hear({ type: 'ended', built: builtOf(order.attempt, end, log.bytes) });
    });
    const piece: Piece = { dir, log, cancel, done, files: new Map() };
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
    if (!piece) return;
    piece.cancel.abort();
    await piece.done;
    this.#pieces.delete(attempt);
    piece.log.close();
    await removeTree(piece.dir);
  }

  /** Forgets everything. */
  async close(): Promise<void> {
    await Promise.all([...this.#pieces.keys()].map((attempt) => this.forget(attempt)));
  }

  async #build(order: Build, dir: string, log: LogFile, signal: AbortSignal): Promise<BuildEnd> {
    const bench = this.#bench;
    const interpreter = this.#interpreterFor(order);
    if (!interpreter) return noInterpreter(order);
    const onStep = ({ name, outcome }: { name: string; outcome: string }): void => {
      if (outcome === 'running') this.#hear({ type: 'step', attempt: order.attempt, step: name });
    };
    try {
      const limits = leastOf(order.limits, bench.limits);
      const indexUrl = bench.indexUrl ?? order.indexUrl;
      const { cacheDir, sandbox, toolchains, uv } = bench;
      return await buildWheel(
        { ...order, limits, indexUrl },
        { dir, cacheDir, sandbox, interpreter, toolchains, uv, log, onStep, signal, now: Date.now },
      );
    } catch (error) {
      this.#log.error({ err: error, attempt: order.attempt }, `attempt ${order.attempt} failed in the slave itself`);
      return slavesFault(error);
    }
  }

  #interpreterFor({ target }: Build): Interpreter | undefined {
    return this.#bench.interpreters.find((one) => targetName(one.target) === targetName(target));
  }
}

/** What the master is told of an end: not where the files lie. */
const builtOf = (attempt: number, { outcome, reason, steps, files }: BuildEnd, logBytes: number): Built => ({
  ...{ attempt, outcome, reason, steps: [...steps], logBytes },
  files: files.map(({ filename, sizeBytes, sha256, dependencies }) => ({ filename, sizeBytes, sha256, dependencies })),
});

/** A bug or a broken machine is not the package's fault: another try, elsewhere if there is an elsewhere. */
const slavesFault = (error: unknown): BuildEnd => ({
  outcome: 'transient',
  reason: { kind: 'backend-error', subject: 'slave', text: `The slave itself failed: ${String(error)}`.slice(0, 2000) },
  steps: [],
  files: [],
});

const noInterpreter = ({ target }: Build): BuildEnd =>
  slavesFault(`it has no interpreter for ${targetName(target)} any more`);

const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const leastOf = (a: Limits, b: Limits): Limits => ({
  timeoutMs: Math.min(a.timeoutMs, b.timeoutMs),
  memoryBytes: least(a.memoryBytes, b.memoryBytes),
  diskBytes: least(a.diskBytes, b.diskBytes),
  outputBytes: Math.min(a.outputBytes, b.outputBytes),
});
