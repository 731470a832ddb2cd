import type { FeedView } from '@piw/wire/status-feed';
import type { Sense } from './sense.ts';

/** What time it is by the master's clock, by which it tells when things happened: a Pi without a clock of its own may be years behind. */
export const farmNow = ({ nowMs, farmAheadMs }: Pick<Sense, 'nowMs' | 'farmAheadMs'>): number => nowMs + farmAheadMs;

/** Clocks that differ by less are the same; what a picture of the farm tells first may be as old as the second. */
const sameMs = 2000;
const sameAtFirstMs = 15_000;

/** How far the master's clock is ahead, by what it last said of itself. */
export function farmAhead(before: Sense, { board }: FeedView, nowMs: number): number {
  const [said, saidBefore] = [board, before.feed.board].map((one) => one?.farm.vitals?.clockMs);
  if (said === undefined || said === saidBefore) return before.farmAheadMs;
  const apartMs = said - nowMs;
  return Math.abs(apartMs) < (saidBefore === undefined ? sameAtFirstMs : sameMs) ? 0 : apartMs;
}

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
