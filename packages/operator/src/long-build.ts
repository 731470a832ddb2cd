import type { SlavePicture } from '@piw/wire/status-protocol';

/** A build that lasts longer than this is worth a look, in milliseconds. */
const longBuildMs = 15 * 60_000;

/** Whether what a slave is busy with lasts long. */
export const isLong = ({ task }: SlavePicture, nowMs: number): boolean =>
  task !== null && nowMs - task.sinceMs > longBuildMs;
