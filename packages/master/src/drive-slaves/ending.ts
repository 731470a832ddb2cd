import type { Outcome, Reason } from '@piw/wheel/outcome';
import type { Step } from '@piw/wire/vocabulary';

/** How an attempt is to end in the database. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  readonly steps: readonly Step[];
}

/** Why an attempt is stopped: by an operator's order, or by its deadline. */
export type CancelKind = 'skipped' | 'killed' | 'withdrawn' | 'halted' | 'overdue';

/** An attempt that was told to stop, and since when. */
export interface Cancel {
  readonly kind: CancelKind;
  readonly why: string;
  readonly sinceMs: number;
}

const bare = (outcome: Outcome, kind: Reason['kind'], text: string): Ending => ({
  outcome,
  reason: { kind, subject: null, text },
  steps: [],
});

/** A slave that vanished. */
export const lost = bare('lost', 'slave-lost', 'The slave vanished while it had this build.');

/** A slave that went away in good order, or never began. */
export const left = bare('cancelled', 'slave-left', 'The slave went away before it ended this build.');

/** A slave, or the farm, was paused at the instant at which its job was taken. */
export const unbegun = bare('cancelled', 'killed', 'It was not begun: a pause or a stop came in between.');

/** How a cancelled attempt ends, whatever its slave makes of it; a halted one is as good as killed. */
export function endingOf({ kind, why }: Cancel): Ending {
  switch (kind) {
    case 'skipped':
      return bare('skipped', 'skipped-by-operator', why);
    case 'overdue':
      return bare('timeout', 'time-limit', why);
    case 'withdrawn':
      return bare('cancelled', 'withdrawn', why);
    case 'killed':
    case 'halted':
      return bare('cancelled', 'killed', why);
  }
}

/** The master found a file unsound that the slave's own inspection must have refused. */
export const rejected = (filename: string, faults: readonly string[]): Ending =>
  bare('rejected', 'unsound-wheel', `${filename}: ${faults.slice(0, 5).join('; ')}`.slice(0, 2000));

/** A slave that says success has a wheel to show for it. */
export const wheelless = bare('rejected', 'unsound-wheel', 'It says success and has no wheel.');

/** A file didn't arrive as it was announced, twice. */
export const broken = (filename: string, text: string): Ending =>
  bare('transient', 'transfer-broken', `${filename}: ${text}`.slice(0, 2000));

/** All files were here, and the master's disk lost one. */
export const lostByDisk = (text: string): Partial<Ending> => ({
  outcome: 'transient',
  reason: { kind: 'transfer-broken', subject: null, text: text.slice(0, 2000) },
});

/** Only the master's orders cancel a build: a slave that gives up by itself gets the next one later, and is blamed for it. */
export const unordered = bare('transient', 'slave-left', 'Its slave stopped it without being told to.');

/** What the slave told of the attempt is nothing that the database can hold. */
export const unstorable = bare('rejected', 'unsound-wheel', 'What its slave told of this build could not be recorded.');
