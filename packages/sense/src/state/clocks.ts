import type { Sense } from './sense.ts';

/** The state by a clock that was put back: all that is measured in this machine's time goes with it. */
export function putBack(sense: Sense, nowMs: number): Sense {
  const byMs = nowMs - sense.nowMs;
  if (byMs >= 0) return sense;
  const { feed, page, missedMs, movedMs } = sense;
  return {
    ...sense,
    feed: { ...feed, heardMs: feed.heardMs === null ? null : feed.heardMs + byMs },
    page: { ...page, sinceMs: page.sinceMs + byMs },
    missedMs: missedMs === null ? null : missedMs + byMs,
    movedMs: movedMs + byMs,
  };
}
