import type { Target } from '@piw/wheel/target';

/** A Python that can build wheels: it has all that a build needs, and a one-line extension was compiled for it and imported. */
export interface Interpreter {
  /** The real executable, no shim, link or virtual environment: the same path inside a sandbox. */
  readonly executable: string;
  /** The full version, `3.11.2`. */
  readonly python: string;
  /** As `sys.implementation.name` has it: `cpython`, `pypy`. */
  readonly implementation: string;
  readonly target: Target;
  /** What it accepts, best first (packaging.tags, PEP 425). */
  readonly tags: readonly string[];
  /** Paths outside the system that a sandbox must show, read-only and under the same names, for it to run. */
  readonly paths: readonly string[];
}

/** A Python that was found and cannot build, and what its owner can do about it. */
export interface UnusableInterpreter {
  readonly path: string;
  readonly target: Target | null;
  readonly why: string;
  readonly remedy: string;
}
