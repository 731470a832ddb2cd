import { readJournal } from '@piw/db/journal';
import type { Answering } from './office.ts';

/** Orders that changed something. */
export const journalLooks: Answering<'JOURNAL'> = ({ premises: { pool } }) => ({
  JOURNAL: async (page) => ({ entries: await readJournal(pool, page) }),
});
