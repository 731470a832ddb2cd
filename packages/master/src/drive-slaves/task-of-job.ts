import type { Taken } from '@piw/db/take-jobs';
import { withoutCredentials } from '@piw/host/pip/without-credentials';
import type { Hello } from '@piw/wire/slave-protocol';
import { type Limits, type Recipe, recipe as recipeSchema } from '@piw/wire/vocabulary';
import type { MasterOptions, Periods } from '../options.ts';
import type { Order, Task } from './task.ts';

/** A job that was taken for a slave, as its session has it, and the order that tells the slave. */
export function taskOfJob(job: Taken, hello: Hello, options: MasterOptions): { task: Task; order: Order } {
  const recipe = recipeSchema.parse(job.recipe ?? {});
  const limits = limitsOf(hello.limits, recipe);
  const { attempt, versionId, targetId, version, target, startedMs } = job;
  const what = { attempt, package: job.package, version, target };
  const endMs = startedMs + limits.timeoutMs + options.periods.graceMs;
  return {
    task: { ...what, versionId, targetId, startedMs, deadlineMs: masterDeadlineMs(endMs, options.periods) },
    order: {
      ...what,
      recipe,
      limits,
      buildTag: job.buildNumber === null ? null : String(job.buildNumber),
      indexUrl: options.indexUrl === null ? null : withoutCredentials(options.indexUrl),
      // What upstream has, the slave's own index tells.
      farmIndexUrl: options.siteUrl === null ? null : new URL('own/simple/', options.siteUrl).href,
      uploadedMs: job.releasedMs,
    },
  };
}

/** The master cancels what is late before its lease ends with the deadline: what is stopped is a timeout, not lost. */
export const masterDeadlineMs = (deadlineMs: number, { leaseMs, graceMs }: Periods): number =>
  deadlineMs - Math.min(leaseMs, graceMs / 2);

/** A recipe may ask for more time than is usual on a slave, but for no more memory than there is. */
const limitsOf = (of: Limits, { timeoutMs, memoryBytes }: Recipe): Limits => ({
  ...of,
  timeoutMs: timeoutMs ?? of.timeoutMs,
  memoryBytes: memoryBytes === undefined ? of.memoryBytes : Math.min(memoryBytes, of.memoryBytes ?? Infinity),
});
