import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const text = `
  select attempt_id as attempt from leases
  where version_id = any ($1) and ($2::integer is null or target_id = $2)
  order by attempt_id`;

/** The attempts that hold a lease on some version, at one target of it or at any. */
export async function runningAttempts(
  db: Queryable,
  versionIds: readonly number[],
  targetId: number | null,
): Promise<number[]> {
  const found = await rows(db, { name: 'running-attempts', text }, z.object({ attempt: z.int() }), [
    versionIds,
    targetId,
  ]);
  return found.map(({ attempt }) => attempt);
}
