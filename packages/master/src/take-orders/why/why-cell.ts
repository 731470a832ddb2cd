import type { JobStanding, JobStandings } from '@piw/db/job-standings';
import type { Cell } from '@piw/db/matrix-cells';
import { formatDuration } from '@piw/host/duration';
import { type Circumstances, lasting, type Reason, reason } from './reason.ts';
import { whyJob } from './why-job.ts';

/** A version at a target, with what is known of both. */
export interface CellStanding {
  readonly target: string;
  readonly cell: Cell;
  readonly version: JobStandings;
  /** The target of the same platform that is built first, while this one waits for what comes of it. */
  readonly first: string | null;
}

/** Why a cell isn't being built, or who builds it. */
export function whyCell(standing: CellStanding, at: Circumstances): Reason {
  const { cell, version } = standing;
  const job = version.jobs.find(({ targetId }) => targetId === cell.targetId);
  if (job) return whyDue(job, standing, at);
  switch (cell.state) {
    case 'file':
      return reason('served', `${cell.file?.filename ?? 'A wheel'} serves it`);
    case 'built':
      return reason('built', cell.text ?? 'It was built, and no wheel of it serves this target');
    case 'failed':
      return reason(
        'failed',
        `It failed${cell.outcome === 'failure' ? '' : ` (${cell.outcome ?? ''})`}: ${cell.text ?? 'nobody said why'}`,
      );
    case 'skipped':
      return whySkipped(standing, at);
    case 'excluded':
      return reason('excluded', `Excluded by ${cell.text ?? 'Requires-Python'}`);
    case 'upstream':
      return reason('upstream', 'Upstream serves it, and nobody asked for it by name');
    default:
      return whyNotDue(standing);
  }
}

function whyDue(job: JobStanding, { target, cell, version }: CellStanding, at: Circumstances): Reason {
  const { nowMs, slaves } = at;
  if (job.phase === 'ready') return whyJob(job, target, at);
  if (job.phase === 'leased') {
    const task = slaves.find(({ label }) => label === job.slave)?.task;
    const course =
      task?.attempt === job.attempt
        ? ` for ${lasting(task.sinceMs, nowMs)}${task.step ? `, step ${task.step}` : ''}`
        : '';
    return reason('building', `${job.slave ?? 'A slave'} builds it${course}`);
  }
  const wait = lasting(nowMs, job.readyMs);
  if (!job.again)
    return reason(
      'fresh-release',
      `Released ${lasting(version.releasedMs, nowMs)} ago: due in ${wait}, since wheels often follow the sdist`,
    );
  return reason(
    'delayed',
    `It is tried again in ${wait}, after ${cell.outcome ?? 'an attempt'}: ${cell.text ?? 'nobody said why'}`,
  );
}

function whySkipped({ cell, version }: CellStanding, { nowMs }: Circumstances): Reason {
  const skip = version.skips.find(({ targetId }) => targetId === null || targetId === cell.targetId);
  if (!skip) return reason('skipped', `It is skipped: ${cell.text ?? ''}`);
  return reason(
    'skipped',
    `Skipped by ${skip.by} ${formatDuration(Math.max(1000, nowMs - skip.atMs))} ago: ${skip.reason}`,
  );
}

/** Nothing settled it, and nothing is due. */
function whyNotDue({ target, version, first }: CellStanding): Reason {
  const { deleted, yanked, asked, unheard, requeue } = version;
  if (deleted) return reason('deleted', 'It is deleted upstream');
  if (yanked !== null && !asked)
    return reason('yanked', `It is yanked upstream${yanked === '' ? '' : ` (${yanked})`}, and nobody asked for it`);
  if (first !== null)
    return reason('lower-target-first', `${first} comes first: what becomes of it may serve ${target} too`);
  if (requeue !== null) return reason('not-due', `The queue is being brought up to date: ${requeue}`);
  if (unheard && !asked) return reason('upstream-unheard', 'Upstream is asked first what it serves');
  return reason('not-due', 'Nothing is due for it');
}
