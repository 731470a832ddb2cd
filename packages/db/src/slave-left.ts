import type { Reason } from '@piw/wheel/outcome';
import { z } from 'zod';
import { type EndedAll, endAttempts } from './end-attempts.ts';
import type { Transaction } from './queryable.ts';
import { rows } from './rows.ts';

const text = `select attempt_id as attempt from leases where slave_id = $1 and attempt_id is distinct from $2 for update`;

/**
 * A slave left in good order, or came back without what it had: its lease is freed at once and the attempt cancelled, uncounted,
 * except for the one that it names.
 */
export async function slaveLeft(
  tx: Transaction,
  slaveId: number,
  except: number | null,
  reason: Reason,
): Promise<EndedAll> {
  const left = await rows(tx, { name: 'leases-left', text }, z.object({ attempt: z.int() }), [slaveId, except]);
  return endAttempts(
    tx,
    left.map(({ attempt }) => ({ attempt, outcome: 'cancelled', reason, steps: null, logBytes: null, files: [] })),
  );
}
