import { outcome } from '@piw/wheel/outcome';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow } from './rows.ts';

const state = z.object({
  attempt: z.int(),
  slaveId: z.int(),
  versionId: z.int(),
  targetId: z.int(),
  held: z.boolean(),
  outcome: outcome.nullable(),
  settles: z.boolean(),
  files: z.array(z.string()),
});

/** How it stands with an attempt: whether its lease is there, its outcome once it ended, the names of its files. */
export type AttemptState = z.output<typeof state>;

const text = `
  select attempt_id as attempt, slave_id as "slaveId", version_id as "versionId", target_id as "targetId",
    exists (select from leases as l where l.attempt_id = a.attempt_id) as held, outcome, settles,
    array(select filename from attempt_files as f where f.attempt_id = a.attempt_id order by filename) as files
  from attempts as a
  where attempt_id = $1`;

/** Looks an attempt up, as after a commit whose answer was lost; undefined where there never was one. */
export const attemptState = (db: Queryable, attempt: number): Promise<AttemptState | undefined> =>
  firstRow(db, { name: 'attempt-state', text }, state, [attempt]);
