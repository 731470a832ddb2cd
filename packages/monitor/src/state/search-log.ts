import { bodyHeight } from '../frame/body-height.ts';
import { logLines } from '../frame/log-lines.ts';
import { patternOf } from '../text/pattern.ts';
import type { Monitor } from './monitor.ts';
import { telling } from './notices.ts';

/** The monitor with the next line of the log seen that matches what is searched for: below (1) or above (-1). */
export function searchNext(monitor: Monitor, direction: 1 | -1): Monitor {
  const { reading } = monitor;
  if (reading.search === '') return monitor;
  const lines = logLines(monitor);
  const pattern = patternOf(reading.search);
  const { height, length } = bodyHeight(monitor);
  const from = reading.following ? (direction === 1 ? -1 : length) : reading.top;
  for (let index = from + direction; index >= 0 && index < lines.length; index += direction)
    if (pattern.isIn(lines[index]!.text))
      return {
        ...monitor,
        reading: { ...reading, following: false, top: Math.max(0, Math.min(index, length - height)) },
      };
  return telling(monitor, 'odd', `No further line matches ${reading.search}.`);
}
