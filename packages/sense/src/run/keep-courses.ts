import type { ControlClient } from '@piw/wire/control-client';
import { side } from '../pixels/picture.ts';
import { courseWish } from '../state/course.ts';
import type { SenseLoop } from './sense-loop.ts';

/** How old a course may grow that somebody looks at, and how often it is looked at its age, in milliseconds. */
const freshMs = 10_000;
const lookMs = 1000;

/** Asks the master for the course that the page draws, again as it grows old; until the signal. */
export async function keepCourses(loop: SenseLoop, control: ControlClient, signal: AbortSignal): Promise<void> {
  const asked = new Map<string, number>();
  while (!signal.aborted) {
    const wish = courseWish(loop.get());
    if (wish && Date.now() - (asked.get(wish.key) ?? -Infinity) > freshMs) {
      asked.set(wish.key, Date.now());
      const answer = await control.ask('HISTORY', wish.ask, { signal }).catch(() => null);
      const figures = answer?.series[wish.series];
      if (figures) loop.dispatch({ type: 'COURSE', key: wish.key, course: { figures: figures.slice(-side) } });
    }
    await loop.pushed(lookMs, signal);
  }
}
