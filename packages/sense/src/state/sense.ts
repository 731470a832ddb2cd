import type { FeedView } from '@piw/wire/status-feed';
import type { StickKey } from '../pixels/rotate.ts';
import type { Transition } from '../pixels/transition.ts';
import type { Choice } from './choice.ts';

/** A pixel of the lower rows: the master, or a slave by its id. */
export type Node = 'master' | number;

/** Lists of texts of which one goes by at a time. */
export type ReelName = 'help' | 'leave' | 'climate' | 'attention' | 'node';

/** What is seen. `sinceMs`: since when, by this machine's clock; `aheadMs`: how far its text was pushed on. */
export type Page =
  | { readonly at: 'main'; readonly sinceMs: number }
  | {
      readonly at: 'reel';
      readonly reel: ReelName;
      readonly item: number;
      readonly sinceMs: number;
      readonly aheadMs: number;
    }
  /** How a figure of the selected node was. */
  | { readonly at: 'graph'; readonly figure: number; readonly range: RangeName; readonly sinceMs: number }
  | { readonly at: 'sure'; readonly choice: Choice; readonly yes: boolean; readonly sinceMs: number }
  | {
      readonly at: 'told';
      readonly text: string;
      readonly good: boolean;
      readonly sinceMs: number;
      readonly aheadMs: number;
    };

/** How far back a graph goes, in milliseconds. */
export const ranges = { hour: 3_600_000, day: 86_400_000, month: 31 * 86_400_000 } as const;
export type RangeName = keyof typeof ranges;

/** What the HAT's own sensors measure. */
export interface Climate {
  readonly temperatureC: number;
  /** Percent. */
  readonly humidity: number;
  /** Hectopascal. */
  readonly pressureHpa: number;
}

/** A course of a figure in eight steps, oldest first; null where nothing is known. */
export interface Course {
  readonly figures: readonly (number | null)[];
}

/** All that the pixels show and the joystick acts on. Never changed: an event makes a new one. */
export interface Sense {
  readonly feed: FeedView;
  /** Why there is no master yet; null once there was one. */
  readonly trouble: string | null;
  readonly nowMs: number;
  /** How far the master's clock is ahead of this machine's. */
  readonly farmAheadMs: number;
  readonly page: Page;
  /** Where one was before, as long as that still goes away. */
  readonly leaving: { readonly page: Page; readonly selected: Node; readonly transition: Transition } | null;
  readonly selected: Node;
  /** Since when the selected slave is not there: it may come back, as after a restart of the farm. */
  readonly missedMs: number | null;
  /** When the joystick last moved. */
  readonly movedMs: number;
  /** Why no orders are given from here; null where they are. */
  readonly readonly: string | null;
  /** What the HAT's sensors say, or why they say nothing. */
  readonly climate: Climate | string;
  /** By `courseKey`. */
  readonly courses: Readonly<Record<string, Course>>;
}

/** What happens to it. */
export type SenseEvent =
  | { readonly type: 'KEY'; readonly key: StickKey; readonly nowMs: number }
  | { readonly type: 'TICK'; readonly nowMs: number }
  | { readonly type: 'FEED'; readonly feed: FeedView; readonly nowMs: number }
  | { readonly type: 'LINK'; readonly trouble: string | null }
  | { readonly type: 'STANDING'; readonly readonly: string | null }
  | { readonly type: 'CLIMATE'; readonly climate: Climate | string }
  | { readonly type: 'COURSE'; readonly key: string; readonly course: Course }
  | { readonly type: 'TOLD'; readonly text: string; readonly good: boolean; readonly nowMs: number };

/** Where it begins. */
export const startSense = (nowMs: number, readonly: string | null): Sense => ({
  feed: { board: null, heardMs: null, trouble: null },
  trouble: null,
  nowMs,
  farmAheadMs: 0,
  page: { at: 'main', sinceMs: nowMs },
  leaving: null,
  selected: 'master',
  missedMs: null,
  movedMs: nowMs,
  readonly,
  climate: 'no sensors',
  courses: {},
});
