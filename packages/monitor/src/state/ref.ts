import type { Answer } from '@piw/wire/control-protocol';
import type { BuildPicture, SlavePicture } from '@piw/wire/status-protocol';

/** A package, one of its versions, one target of it: what skips, retries and nudges are about. */
export interface CellRef {
  readonly package: BuildPicture['package'];
  readonly version: BuildPicture['version'];
  readonly target: string;
}

/** A package as the protocol names it. */
export type PackageName = CellRef['package'];

/** An order that was given. */
export type JournalEntry = Answer<'JOURNAL'>['entries'][number];

/** What a row stands for. */
export type Ref =
  | { readonly of: 'master' }
  | { readonly of: 'slave'; readonly slave: SlavePicture }
  | { readonly of: 'target'; readonly target: string; readonly preferred: boolean }
  | { readonly of: 'job'; readonly cell: CellRef }
  | { readonly of: 'cell'; readonly cell: CellRef }
  | { readonly of: 'build'; readonly build: BuildPicture }
  | { readonly of: 'failure'; readonly group: Answer<'FAILURES'>['groups'][number] }
  | { readonly of: 'version'; readonly package: PackageName; readonly version: CellRef['version'] }
  /** Why a cell isn't being built; of a slave there is no cell. */
  | { readonly of: 'reason'; readonly attempt: number | null; readonly cell: CellRef | null }
  | { readonly of: 'entry'; readonly entry: JournalEntry }
  | { readonly of: 'nothing' };
