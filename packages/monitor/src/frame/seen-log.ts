import type { LogLine } from '../state/log-text.ts';
import type { Monitor } from '../state/monitor.ts';
import { bodyHeight } from './body-height.ts';
import { logLines } from './log-lines.ts';

/** The lines of the log that there is room for where it is read. */
export function seenLog(monitor: Monitor): readonly LogLine[] {
  const { height, length } = bodyHeight(monitor);
  const { following, top } = monitor.reading;
  const last = Math.max(0, length - height);
  const from = following ? last : Math.min(top, last);
  return logLines(monitor).slice(from, from + height);
}
