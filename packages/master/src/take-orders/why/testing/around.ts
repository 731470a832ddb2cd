import { aName, aVersion } from '@piw/db/testing/small-farm';
import { aSlave, aTarget } from '../../../keep-count/testing/boards.ts';
import type { Circumstances, Reason } from '../reason.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const now = Date.UTC(2026, 0, 1, 14);
export const target = 'cp311-linux_x86_64';
export const fan = { by: 'ada@desk', sinceMs: now - 2 * hour, why: 'new fan' };
export const quarantine = { sinceMs: now - minute, untilMs: now + 4 * minute, why: 'Its disk is full.' };
export const world = { kind: 'index-unreachable', text: 'The index is away.', sinceMs: now } as const;
export const task = {
  attempt: 7,
  package: aName('six'),
  version: aVersion('1.0'),
  target,
  step: 'build',
  sinceMs: now - minute,
};

/** `kind: text`. */
export const line = ({ kind, text }: Reason): string => `${kind}: ${text}`;

/** What is special about a farm with one idle slave, in which all is well. */
export interface Around extends Omit<Partial<Circumstances>, 'farm' | 'slaves'> {
  readonly farm?: Partial<Circumstances['farm']>;
  readonly slaves?: readonly Parameters<typeof aSlave>[0][];
}
/** The farm around what is asked about. */
export const at = ({ farm, slaves = [{}], ...rest }: Around = {}): Circumstances => ({
  ...{ nowMs: now, disk: null },
  farm: { paused: null, fault: null, targets: [aTarget()], ...farm },
  slaves: slaves.map((about, i) => aSlave({ slave: i + 1, label: `rock-${i + 1}`, ...about })),
  ...rest,
});
