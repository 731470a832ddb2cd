import type { HistorySubject } from '@piw/wire/control/history-look';
import type { FeedView } from '@piw/wire/status-feed';
import type { Range } from '../charts/farm-charts.ts';
import type { Sorting } from '../table/arrange.ts';
import type { Followed } from './follow.ts';
import type { ListState } from './list-state.ts';
import type { LogText } from './log-text.ts';
import type { Look } from './look.ts';
import type { Order } from './order.ts';
import type { Place, ViewName } from './place.ts';
import type { PackageName } from './ref.ts';

/** Columns and rows of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A line that the operator is typing. */
export interface Typed {
  readonly text: string;
  /** Where the next character goes, in characters. */
  readonly at: number;
}

/** What the keys go to, where that isn't the view. */
export type Prompt =
  | { readonly for: 'filter'; readonly typed: Typed; readonly before: string }
  | { readonly for: 'command'; readonly typed: Typed }
  | { readonly for: 'search'; readonly typed: Typed }
  | { readonly for: 'file'; readonly typed: Typed }
  | { readonly for: 'reason'; readonly typed: Typed; readonly order: Order }
  | { readonly for: 'yes'; readonly order: Order };

/** What the operator is told, for a while. */
export interface Notice {
  /** `asked`: an order that the master has not answered yet. */
  readonly tone: 'good' | 'odd' | 'bad' | 'asked';
  readonly text: string;
  readonly untilMs: number;
}

/** How the master is reached. */
export interface Link {
  /** The control queue, or where it is looked for. */
  readonly address: string;
  /** How often in vain since it was last heard. */
  readonly tries: number;
  /** Why there is no master yet; null once there was one. */
  readonly trouble: string | null;
}

/** How a page or a log is read. */
export interface Reading {
  /** The first line that is seen; of a log that is followed it is the last that count. */
  readonly top: number;
  /** How many columns of a log that isn't wrapped are out of sight at the left. */
  readonly left: number;
  readonly following: boolean;
  readonly wrapped: boolean;
  readonly timed: boolean;
  /** A regular expression; what matches stands out. */
  readonly search: string;
}

/** All that the screen shows and the keys act on. Never changed: an event makes a new one. */
export interface Monitor {
  readonly feed: FeedView;
  readonly link: Link;
  /** The time by this machine's clock. */
  readonly nowMs: number;
  /** By how much the master's clock is ahead of it. */
  readonly farmAheadMs: number;
  readonly size: Size;
  readonly place: Place;
  /** Where Esc goes back to, the latest last. */
  readonly past: readonly Place[];
  /** The numbered view before this one. */
  readonly other: ViewName | null;
  /** By `placeKey`. */
  readonly lists: Readonly<Record<string, ListState>>;
  readonly looks: Readonly<Record<string, Look>>;
  /** The log that is read, and how. */
  readonly log: LogText | null;
  readonly reading: Reading;
  /** What the charts are of. */
  readonly charts: { readonly subject: HistorySubject; readonly range: Range };
  readonly prompt: Prompt | null;
  readonly notices: readonly Notice[];
  /** Why no orders are given from here; null where they are. */
  readonly readonly: string | null;
  /** What needs a human and is chosen, by its id, in place of a row; null: nothing is. */
  readonly attention: number | null;
  /** What is followed from build to build; null: nothing is. */
  readonly followed: Followed | null;
  /** The package that was looked at last. */
  readonly package: PackageName | null;
}

/** What is kept from run to run. */
export interface Preferences {
  readonly view: ViewName;
  readonly sorting: Readonly<Record<string, Sorting>>;
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly groups: Readonly<Record<string, string>>;
  /** The package that was looked at last. */
  readonly package: PackageName | null;
}
