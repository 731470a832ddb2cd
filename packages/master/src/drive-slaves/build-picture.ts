import { targetName } from '@piw/wheel/target';
import type { BuildPicture } from '@piw/wire/status-protocol';
import type { Told } from './end-queue.ts';
import type { Task } from './task.ts';

/** An attempt that began. */
export const begun = (task: Task, label: string): BuildPicture => ({
  attempt: task.attempt,
  package: task.package,
  version: task.version,
  target: targetName(task.target),
  slave: label,
  startedMs: task.startedMs,
  endedMs: null,
  outcome: null,
  reason: null,
  files: [],
});

/** An attempt that ended, as the database tells it. */
export const ended = (
  task: Task,
  label: string,
  { outcome, reason, files }: NonNullable<Told>,
  endedMs: number,
): BuildPicture => ({ ...begun(task, label), endedMs, outcome, reason, files: [...files] });
