import { performance } from 'node:perf_hooks';

/** The time as a master tells and measures it: milliseconds since 1970 by the clock as it was when it started, and steady since then. */
export const masterTime = (): number => performance.timeOrigin + performance.now();
