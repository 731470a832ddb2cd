import type { Monitor } from '../state/monitor.ts';

/** Two lines about the farm, one about what needs a human where anything does, and the tabs. */
export const headerHeight = ({ feed: { board } }: Monitor): number => ((board?.attention.size ?? 0) > 0 ? 4 : 3);
