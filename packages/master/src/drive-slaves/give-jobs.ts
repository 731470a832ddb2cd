import type { Taken } from '@piw/db/take-jobs';
import { begun } from './build-picture.ts';
import type { EndQueue } from './end-queue.ts';
import { left, unbegun } from './ending.ts';
import type { Sessions } from './sessions.ts';
import { taskOfJob } from './task-of-job.ts';

/**
 * Hands jobs to the slaves that they were taken for; the job of a slave that is gone goes back, uncounted, and so do all
 * that were taken while the farm was being paused.
 */
export function giveJobs(sessions: Sessions, ends: EndQueue, jobs: readonly Taken[]): void {
  const { registry, errands, premises, farmPause } = sessions;
  for (const job of jobs) {
    const slave = registry.byId(job.slaveId);
    if (!slave || farmPause) {
      const ending = farmPause ? unbegun : left;
      errands.start(() => ends.end({ attempt: job.attempt, ...ending, logBytes: 0, files: [] }));
      continue;
    }
    if (sessions.fault) sessions.probedMs = premises.now();
    const { task, order } = taskOfJob(job, slave.hello, premises.options);
    premises.bulletin.emit('began', begun(task, slave.hello.label));
    sessions.deliver(slave, { type: 'GIVEN', task, order });
  }
}
