import { farmAhead } from '@piw/operator/farm-clock';
import { readingMs, screenfulMs } from '../pixels/letters.ts';
import { transitionMs } from '../pixels/transition.ts';
import type { Effect } from './choice.ts';
import { putBack } from './clocks.ts';
import { goTo, mainPage } from './go.ts';
import { nodesOf } from './nodes.ts';
import { press } from './press.ts';
import type { Sense, SenseEvent } from './sense.ts';

/** Nobody has touched the joystick for so long: what is watched again is the farm. */
const restMs = 60_000;

/** How long a slave is missed, in milliseconds: after a restart of the master slaves come back as they notice it. */
const patienceMs = 60_000;

/** What comes of an event: the state after it, and what is to be done. */
export function step(before: Sense, event: SenseEvent): readonly [Sense, readonly Effect[]] {
  const sense = 'nowMs' in event ? putBack(before, event.nowMs) : before;
  switch (event.type) {
    case 'KEY':
      return press({ ...sense, nowMs: event.nowMs, movedMs: event.nowMs }, event.key);
    case 'TICK':
      return [rest({ ...sense, nowMs: event.nowMs }), []];
    case 'FEED':
      return [
        selecting({
          ...{ ...sense, feed: event.feed, nowMs: event.nowMs },
          farmAheadMs: farmAhead(sense, event.feed, event.nowMs),
        }),
        [],
      ];
    case 'LINK':
      return [{ ...sense, trouble: event.trouble }, []];
    case 'STANDING':
      return [{ ...sense, readonly: event.readonly }, []];
    case 'CLIMATE':
      return [{ ...sense, climate: event.climate }, []];
    case 'COURSE':
      return [{ ...sense, courses: { ...sense.courses, [event.key]: event.course } }, []];
    case 'TOLD': {
      const { text, good, nowMs } = event;
      return [
        goTo({ ...sense, nowMs }, { at: 'told', text, good, sinceMs: nowMs, aheadMs: 0 }, { by: 'slide', from: 'up' }),
        [],
      ];
    }
  }
}

/** A slave that went away is missed for a while, and then selected no longer. */
function selecting(sense: Sense): Sense {
  const { selected, nowMs } = sense;
  const isThere = nodesOf({ ...sense, missedMs: null }).includes(selected);
  const missedMs = isThere ? null : (sense.missedMs ?? nowMs);
  const known = missedMs === sense.missedMs ? sense : { ...sense, missedMs };
  if (missedMs === null || nowMs - missedMs <= patienceMs) return known;
  const home = known.page.at === 'main' ? known : goTo(known, mainPage(known), { by: 'slide', from: 'left' });
  return { ...home, selected: 'master', missedMs: null };
}

function rest(sense: Sense): Sense {
  const { page, nowMs, movedMs } = sense;
  if (page.at === 'told' && nowMs - page.sinceMs + page.aheadMs > readingMs(page.text) + screenfulMs)
    return goTo(sense, mainPage(sense), { by: 'slide', from: 'down' });
  if (page.at !== 'main' && page.at !== 'told' && nowMs - movedMs > restMs)
    return selecting(goTo(sense, mainPage(sense), { by: 'slide', from: 'down' }));
  const { leaving } = sense;
  return leaving && nowMs - page.sinceMs > transitionMs[leaving.transition.by]
    ? selecting({ ...sense, leaving: null })
    : selecting(sense);
}
