import { z } from 'zod';
import { jobPicture, snapshot, statisticsPicture, targetKey, targetPicture } from '../status-protocol.ts';
import { empty, sentence } from '../vocabulary.ts';
import { page } from './selection.ts';

const queuedJob = z
  .object({ ...jobPicture.shape, releasedMs: z.number().nullable(), readyMs: z.number().nullable() })
  .meta({ id: 'queued job', description: 'A job in the queue.' });

const journalEntry = z
  .object({
    entry: z.int(),
    atMs: z.number(),
    who: z.string(),
    order: z.string(),
    subject: z.string(),
    text: sentence,
  })
  .meta({ id: 'journal entry', description: 'An order that changed something.' });

/** Looks at the farm as a whole. */
export const farmLooks = {
  SNAPSHOT: { about: 'The whole board, to follow the status stream from.', ask: empty, answer: snapshot },
  STANDING: {
    about: 'Who asks, as the journal would have it, and whether they may give orders.',
    ask: empty,
    answer: z.object({ who: z.string(), mayOrder: z.boolean() }),
  },
  TARGETS: {
    about: 'The targets of the farm; what slaves offer beside them, and which.',
    ask: empty,
    answer: z.object({
      targets: z.array(targetPicture),
      offered: z.array(z.object({ target: targetKey, by: z.array(z.string()) })),
    }),
  },
  QUEUE: {
    about: 'The head of the queue, in its order.',
    ask: z.object({ target: targetKey.nullable(), limit: z.int().min(1).max(1000) }),
    answer: z.object({ targets: z.array(targetPicture), jobs: z.array(queuedJob) }),
  },
  STATISTICS: { about: 'The figures of the farm.', ask: empty, answer: statisticsPicture },
  JOURNAL: {
    about: 'Orders that changed something, latest first; `before` an entry, for the next page.',
    ask: z.object(page),
    answer: z.object({ entries: z.array(journalEntry) }),
  },
};
