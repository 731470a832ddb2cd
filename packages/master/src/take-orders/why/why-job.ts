import type { JobStanding } from '@piw/db/job-standings';
import { capabilitiesOf, meetsNeeds, needsText } from '@piw/db/needs';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { isHere } from '../choose-slaves.ts';
import { type Circumstances, lasting, type Reason, reason, someOf, whyNothing } from './reason.ts';

/** A job that is ready, at a target. */
export type ReadyJob = Pick<JobStanding, 'requires' | 'lostBy' | 'readyMs' | 'ahead' | 'countedTo'>;

/** After this long a lost job is given to the slave that lost it too, in milliseconds (sql/0011). */
const graceMs = 10 * 60_000;

/** Why a job that is ready isn't being built. */
export function whyJob(job: ReadyJob, target: string, at: Circumstances): Reason {
  const nothing = whyNothing(at);
  if (nothing) return nothing;
  const builders = at.slaves.filter(({ state, targets }) => state !== 'gone' && targets.includes(target));
  if (builders.length === 0) return reason('no-slave', `No slave builds for ${target}`);
  const fit = builders.filter((slave) => meetsNeeds(job.requires, capabilitiesOf(slave)));
  if (fit.length === 0)
    return reason('needs-unmet', `It needs ${needsText(job.requires)}, and no slave for ${target} has that`);
  const onDuty = fit.filter(isOnDuty);
  if (onDuty.length === 0) return reason('slaves-away', `No slave for ${target} works: ${someOf(fit.map(absence))}`);
  return whyInQueue(job, target, onDuty, builders.filter(isOnDuty).length, at);
}

function whyInQueue(
  { ahead, countedTo, lostBy, readyMs }: ReadyJob,
  target: string,
  onDuty: readonly SlavePicture[],
  builders: number,
  { nowMs }: Circumstances,
): Reason {
  const before = ahead ?? 0;
  const who = `${onDuty.length} ${onDuty.length === 1 ? 'slave' : 'slaves'} at work`;
  if (before >= countedTo) return reason('queued', `${countedTo} or more are ahead of it for ${target}, with ${who}`);
  if (before > 0)
    return reason('queued', `${before} ${before === 1 ? 'is' : 'are'} ahead of it for ${target}, with ${who}`);
  const free = onDuty.filter(({ state }) => state === 'idle');
  const others = free.filter(({ label }) => label !== lostBy);
  if (free.length > 0 && others.length === 0 && builders > 1 && readyMs + graceMs > nowMs)
    return reason(
      'lost-by-its-slave',
      `${lostBy} lost it: it waits ${lasting(nowMs, readyMs + graceMs)} at most for another slave`,
    );
  if (free.length > 0)
    return reason('next', `It is next for ${target}: ${someOf(free.map(({ label }) => label))} will take it now`);
  return reason(
    'next',
    `It is next for ${target}, when ${someOf(onDuty.map(({ label }) => label))} ${onDuty.length === 1 ? 'is' : 'are'} free`,
  );
}

/** Builds, or would if there were work. */
const isOnDuty = (slave: SlavePicture): boolean =>
  isHere(slave) && slave.paused === null && slave.quarantine === null && slave.state !== 'draining';

const absence = ({ label, state, paused }: SlavePicture): string =>
  state !== 'lost' && paused ? `${label} is paused by ${paused.by}` : `${label} is ${state}`;
