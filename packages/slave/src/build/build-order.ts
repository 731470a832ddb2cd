import type { PipShelf } from '@piw/host/pip/pip-shelf';
import type { PipelineOutcome, Reason } from '@piw/wheel/outcome';
import type { PackageName } from '@piw/wheel/package-name';
import type { Target } from '@piw/wheel/target';
import type { Version } from '@piw/wheel/version';
import type { BuiltFile, Limits, Recipe, Step } from '@piw/wire/vocabulary';
import type { Interpreter } from '../interpreters/interpreter.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Toolchains } from '../toolchains/toolchains.ts';
import type { LogFile } from './log-file.ts';

/** What is to be built, for whom, and with how much: the BUILD message (DESIGN §5). */
export interface BuildOrder {
  readonly package: PackageName;
  readonly version: Version;
  readonly target: Target;
  readonly recipe: Recipe;
  readonly limits: Limits;
  /** The index instead of the one that pip is configured with. */
  readonly indexUrl: string | null;
  /** The farm's own index, beside the other. */
  readonly farmIndexUrl: string | null;
  /** What tells the files of a rebuild on purpose from those before it (PEP 427, build tag); null otherwise. */
  readonly buildTag: string | null;
  /** When the version was uploaded, in ms since 1970. */
  readonly uploadedMs: number | null;
}

/** What one attempt has of its machine. */
export interface BuildWorld {
  /** An empty folder of this attempt's own; the caller removes it. */
  readonly dir: string;
  /** A folder that attempts for all targets share: what one fetched helps the next. */
  readonly cacheDir: string;
  readonly sandbox: Sandbox;
  readonly interpreter: Interpreter;
  readonly toolchains: Toolchains;
  /** Where its pip comes from, and goes when it is done. */
  readonly pips: PipShelf;
  /** The program uv, which fills environments faster; without it pip does. */
  readonly uv?: string | null;
  readonly log: LogFile;
  /** Hears of each step when it starts and when it ends. */
  readonly onStep: (step: Step) => void;
  readonly signal: AbortSignal;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** How an attempt ended; the files of a success lie below the world's `dir`. */
export interface BuildEnd {
  readonly outcome: PipelineOutcome;
  readonly reason: Reason | null;
  readonly steps: readonly Step[];
  readonly files: readonly (BuiltFile & { readonly path: string })[];
}
