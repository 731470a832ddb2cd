import { basename } from 'node:path';
import type { WheelFacts } from '@piw/wheel/wheel-file';
import type { BuiltFile } from '@piw/wire/vocabulary';

/** The same wheel once more, for the alias of its platform. */
export interface Alias {
  readonly facts: WheelFacts;
  readonly path: string;
}

/** A file that arrived and is sound, at a path below incoming/. */
export interface Sound {
  readonly file: BuiltFile;
  readonly facts: WheelFacts;
  readonly path: string;
  readonly alias: Alias | null;
}

/** A disk that told that it couldn't keep what was written: what arrived is of no use any more. */
export class LostByDisk extends Error {
  override readonly name = 'LostByDisk';
  constructor(path: string, cause: unknown) {
    super(`The master's disk could not keep ${basename(path)}: ${(cause as Error).message}`, { cause });
  }
}

/** What came of asking a slave for a file: it is here and sound, it is unsound, or it didn't arrive. */
export type Received = Sound | { readonly faults: readonly string[] } | { readonly broken: string };
