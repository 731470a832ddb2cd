import { z } from 'zod';
import type { Aftermath } from './aftermath.ts';
import type { HeldAttempt } from './held-attempts.ts';
import type { FateOfFile } from './publish-files.ts';
import type { Transaction } from './queryable.ts';
import { type QueuePlace, queuePlace } from './queue-heads.ts';
import { firstRow } from './rows.ts';

/** An attempt's end as it is written down. */
export interface RecordedEnd extends HeldAttempt, Aftermath {
  readonly steps: readonly unknown[] | null;
  readonly logBytes: number | null;
  readonly counts: boolean;
  readonly files: readonly FateOfFile[];
  readonly isFirst: boolean;
}

/** Everything in one statement (sql/0015). */
const endAll = { name: 'end-attempts', text: `select end_attempts($1) as places` };
const places = z.object({ places: z.array(queuePlace).nullable() });

/** Writes down how attempts ended, frees their leases, and drops or returns their jobs; the places of those that may be taken again. */
export async function recordEnds(tx: Transaction, ends: readonly RecordedEnd[]): Promise<readonly QueuePlace[]> {
  if (ends.length === 0) return [];
  return (await firstRow(tx, endAll, places, [JSON.stringify(ends.map(toRow))]))!.places ?? [];
}

const toRow = (end: RecordedEnd) => ({
  attempt: end.attempt,
  versionId: end.versionId,
  targetId: end.targetId,
  outcome: end.outcome,
  reason: end.reason,
  settles: end.settles,
  counts: end.counts,
  steps: end.steps,
  logBytes: end.logBytes,
  delayMs: end.delayMs,
  lostBy: end.outcome === 'lost' ? end.slaveId : null,
});
