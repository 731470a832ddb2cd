import type { PackageName } from '@piw/wheel/package-name';
import type { Target } from '@piw/wheel/target';
import type { Version } from '@piw/wheel/version';
import type { Build } from '@piw/wire/slave-protocol';

/** An attempt that a slave has the lease of. */
export interface Task {
  readonly attempt: number;
  readonly versionId: number;
  readonly targetId: number;
  readonly package: PackageName;
  readonly version: Version;
  readonly target: Target;
  readonly startedMs: number;
  /** When its limit and the grace are over, by the master's clock. */
  readonly deadlineMs: number;
}

/** What BUILD says of a task; its n is that of the HELLO that it answers. */
export type Order = Omit<Build, 'n'>;
