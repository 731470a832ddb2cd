import type { LadderTarget } from '@piw/wheel/ladder';
import type { Tag } from '@piw/wheel/tag';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

/** A target in the ladder, and whether its jobs come before the backlog. */
export interface Rung extends LadderTarget {
  readonly preferred: boolean;
}

/** Only those tags that some wheel has: a Python accepts hundreds, and most versions have no file yet. */
const rungsOfLadder = {
  name: 'rungs-of-ladder',
  text: `
    select target_id as "targetId", abi, platform, python, preferred,
      array(select tag from target_tags as t where t.target_id = targets.target_id and tag = any ($1)) as tags
    from targets
    where retired_at is null`,
};
const rung = z.object({
  targetId: z.int(),
  abi: z.string(),
  platform: z.string(),
  python: z.string(),
  preferred: z.boolean(),
  tags: z.array(z.string()).transform((tags): ReadonlySet<Tag> => new Set(tags)),
});

/** The targets that are built for, each with those of some tags that it accepts. */
export const readRungs = (db: Queryable, tags: Iterable<Tag>): Promise<Rung[]> =>
  rows(db, rungsOfLadder, rung, [[...tags]]);
