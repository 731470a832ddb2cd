/** A program that builds call, as it was found: `path` is null where it is missing. */
export interface Tool {
  readonly name: string;
  readonly path: string | null;
  /** The first line of what it says of its version. */
  readonly version: string | null;
}

/** The Rust toolchain that builds use: real binaries, never rustup's proxies, which could download another one. */
export interface RustToolchain {
  readonly cargo: string;
  readonly rustc: string;
}

/** What of the machine's toolchains a build needs to know. */
export interface Toolchains {
  readonly tools: readonly Tool[];
  /** The directories for PATH inside a sandbox, first first. */
  readonly path: readonly string[];
  /** Directories outside the system that a sandbox must show, read-only and under the same names. */
  readonly paths: readonly string[];
  readonly rust: RustToolchain | null;
}
