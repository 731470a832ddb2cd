import { queuedJobs } from '@piw/db/queue-report';
import { targetName } from '@piw/wheel/target';
import { targetPictures } from '../keep-count/target-pictures.ts';
import { findTarget } from './find-target.ts';
import type { Answering } from './office.ts';

/** The queue, of all targets or of one. */
export const queueLooks: Answering<'QUEUE'> = ({ premises: { pool } }) => ({
  QUEUE: async ({ target, limit }) => {
    const found = target === null ? null : await findTarget(pool, target);
    const [targets, jobs] = await Promise.all([targetPictures(pool), queuedJobs(pool, found?.targetId ?? null, limit)]);
    return {
      targets: targets.filter((picture) => target === null || picture.target === target),
      jobs: jobs.map((job) => ({ ...job, target: targetName(job.target) })),
    };
  },
});
