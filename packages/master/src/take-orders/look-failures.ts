import { failureGroups } from '@piw/db/failure-groups';
import { remedyFor } from './failures/remedy.ts';
import type { Answering } from './office.ts';

/** Why builds fail, and what would mend them. */
export const failureLooks: Answering<'FAILURES'> = ({ premises: { pool } }) => ({
  FAILURES: async ({ sinceMs, limit }) => {
    const { countedFromMs, groups } = await failureGroups(pool, sinceMs, limit);
    return { countedFromMs, groups: groups.map((group) => ({ ...group, remedy: remedyFor(group) })) };
  },
});
