import { attemptState } from '@piw/db/attempt-state';
import { noSuchAttempt } from './look-builds.ts';
import type { Answering } from './office.ts';

/** The log of an attempt, running or ended. */
export const logLooks: Answering<'LOG'> = ({ logs, premises: { pool } }) => ({
  LOG: async ({ attempt, offset, limit }) => {
    if (!(await attemptState(pool, attempt))) throw noSuchAttempt(attempt);
    const { bytes, sizeBytes, ended } = await logs.read(attempt, offset, limit);
    return { offset, bytes, sizeBytes, ended };
  },
});
