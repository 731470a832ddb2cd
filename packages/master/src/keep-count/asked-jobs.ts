import type { Queryable } from '@piw/db/queryable';
import { queuedJobs } from '@piw/db/queue-report';
import { targetName } from '@piw/wheel/target';
import { type Board, jobKey } from '@piw/wire/status-board';
import type { JobPicture } from '@piw/wire/status-protocol';
import type { News } from './ledger.ts';

/** How many jobs a board holds: the first in the order of the queue. */
const jobsKept = 500;

/** The jobs that somebody asked for by name: what is being built of them, what waits, what is delayed. */
export async function askedJobs(db: Queryable): Promise<JobPicture[]> {
  const jobs = await queuedJobs(db, null, jobsKept);
  return jobs
    .filter(({ priority }) => priority === 'request' || priority === 'wanted')
    .map(({ package: name, version, target, state, priority }) => ({
      package: name,
      version,
      target: targetName(target),
      state,
      priority,
    }));
}

/** What changed since the board's jobs were told; what isn't due any more is gone. */
export function jobNews(board: Board, jobs: readonly JobPicture[]): News[] {
  const present = new Set(jobs.map(jobKey));
  const gone = [...board.jobs.values()].filter((job) => !present.has(jobKey(job)));
  return [...jobs.filter((job) => isNews(job, board.jobs.get(jobKey(job)))), ...gone.map(asGone)].map((job) => ({
    type: 'JOB',
    body: { job },
  }));
}

const isNews = (job: JobPicture, known: JobPicture | undefined): boolean =>
  known?.state !== job.state || known.priority !== job.priority;

const asGone = (job: JobPicture): JobPicture => ({ ...job, state: 'gone' });
