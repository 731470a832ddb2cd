import type { Done, Given } from '@piw/operator/order';
import type { Mouse } from '@piw/operator/terminal/mouse';
import type { FeedView } from '@piw/wire/status-feed';
import type { LogText } from './log-text.ts';
import type { Link, Notice, Size } from './monitor.ts';

/** All that can happen to a monitor. */
export type MonitorEvent =
  | { readonly type: 'KEY'; readonly key: string }
  | { readonly type: 'PASTE'; readonly text: string }
  | { readonly type: 'MOUSE'; readonly mouse: Mouse }
  | { readonly type: 'RESIZE'; readonly size: Size }
  | { readonly type: 'TICK'; readonly nowMs: number }
  | { readonly type: 'LINK'; readonly link: Link }
  | { readonly type: 'FEED'; readonly feed: FeedView; readonly nowMs: number }
  | { readonly type: 'LOOKED'; readonly id: string; readonly answer: unknown }
  | { readonly type: 'LOOK_FAILED'; readonly id: string; readonly trouble: string }
  | { readonly type: 'LOG'; readonly log: LogText }
  | { readonly type: 'ORDERED'; readonly words: string; readonly done: Done }
  | { readonly type: 'ORDER_FAILED'; readonly words: string; readonly trouble: string }
  | { readonly type: 'TOLD'; readonly tone: Notice['tone']; readonly text: string };

/** What a monitor wants to be done. */
export type Effect =
  | { readonly do: 'order'; readonly words: string; readonly given: readonly Given[] }
  | { readonly do: 'copy'; readonly text: string }
  | { readonly do: 'save'; readonly attempt: number; readonly path: string }
  | { readonly do: 'ssh'; readonly host: string }
  | { readonly do: 'suspend' }
  | { readonly do: 'redraw' }
  | { readonly do: 'quit' };
