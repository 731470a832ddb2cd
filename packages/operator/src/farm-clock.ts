import type { FeedView } from '@piw/wire/status-feed';

/** What is seen of a farm, by this machine's clock, and how far its master's is ahead of that. */
interface Seen {
  readonly nowMs: number;
  readonly feed: FeedView;
  readonly farmAheadMs: number;
}

/** What time it is by the master's clock, by which it tells when things happened: this machine's may be wrong by minutes, that of a Pi without one by years. */
export const farmNow = ({ nowMs, farmAheadMs }: Pick<Seen, 'nowMs' | 'farmAheadMs'>): number => nowMs + farmAheadMs;

/** Clocks that differ by less are the same; what a picture of the farm tells first may be as old as the second. */
const sameMs = 2000;
const sameAtFirstMs = 15_000;

/** How far the master's clock is ahead, by what it last said of itself. */
export function farmAhead(before: Omit<Seen, 'nowMs'>, { board }: FeedView, nowMs: number): number {
  const [said, saidBefore] = [board, before.feed.board].map((one) => one?.farm.vitals?.clockMs);
  if (said === undefined || said === saidBefore) return before.farmAheadMs;
  const apartMs = said - nowMs;
  return Math.abs(apartMs) < (saidBefore === undefined ? sameAtFirstMs : sameMs) ? 0 : apartMs;
}

/** The same by the master's clock, where that is another: what is drawn of it tells true ages. */
export function byFarmClock<S extends Seen>(seen: S): S {
  if (seen.farmAheadMs === 0) return seen;
  const { heardMs } = seen.feed;
  const feed = { ...seen.feed, heardMs: heardMs === null ? null : heardMs + seen.farmAheadMs };
  return { ...seen, nowMs: farmNow(seen), feed };
}
