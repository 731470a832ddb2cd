import { farmAhead } from '@piw/operator/farm-clock';
import type { Step } from '../commands/command.ts';
import { click } from './click.ts';
import type { MonitorEvent } from './event.ts';
import { afterMoving, followed } from './follow.ts';
import { outdated, withLook } from './look.ts';
import type { Monitor } from './monitor.ts';
import { askedNoMore, leftBehind, telling, without } from './notices.ts';
import { paste } from './paste.ts';
import { press } from './press.ts';
import { stayed } from './stand.ts';

/** The monitor after an event, and what is to be done. */
export function step(monitor: Monitor, event: MonitorEvent): Step {
  const [after, effects] = stepped(monitor, event);
  return [after === monitor ? after : stayed(monitor, after), effects];
}

function stepped(monitor: Monitor, event: MonitorEvent): Step {
  switch (event.type) {
    case 'KEY':
      return moved(monitor, press(monitor, event.key));
    case 'PASTE':
      return moved(monitor, paste(monitor, event.text));
    case 'MOUSE':
      return moved(monitor, click(monitor, event.mouse));
    case 'RESIZE':
      return [{ ...monitor, size: event.size }, []];
    case 'TICK':
      return [without({ ...monitor, nowMs: event.nowMs }), []];
    case 'LINK':
      return [{ ...monitor, link: event.link }, []];
    case 'FEED':
      return [followed(fed(without({ ...monitor, nowMs: event.nowMs }), event.feed)), []];
    case 'LOOKED': {
      const look = { answer: event.answer, atMs: monitor.nowMs, trouble: null };
      return [{ ...monitor, looks: withLook(monitor.looks, event.id, look) }, []];
    }
    case 'LOOK_FAILED': {
      const look = { answer: monitor.looks[event.id]?.answer, atMs: monitor.nowMs, trouble: event.trouble };
      return [{ ...monitor, looks: withLook(monitor.looks, event.id, look) }, []];
    }
    case 'LOG':
      return [{ ...monitor, log: event.log }, []];
    case 'ORDERED':
      return [answered(outdatedBy(monitor, event.words), event.words, event.done), []];
    case 'ORDER_FAILED':
      return [telling(askedNoMore(monitor, event.words), 'bad', `${event.words}: ${event.trouble}`), []];
    case 'TOLD':
      return [telling(monitor, event.tone, event.text), []];
  }
}

const moved = (before: Monitor, [after, effects]: Step): Step => [
  afterMoving(before, leftBehind(before, after)),
  effects,
];

/** A master that isn't heard is tried again: that is counted until it is. */
function fed(monitor: Monitor, feed: Monitor['feed']): Monitor {
  const tries = feed.trouble === null ? 0 : monitor.link.tries + 1;
  const { board, heardMs } = monitor.feed; // another master that isn't heard yet leaves the picture of the one before
  const shown = { ...feed, board: feed.board ?? board, heardMs: feed.heardMs ?? heardMs };
  const farmAheadMs = farmAhead(monitor, shown, monitor.nowMs);
  return {
    ...monitor,
    feed: shown,
    farmAheadMs,
    link: { ...monitor.link, tries, trouble: feed.trouble?.message ?? null },
  };
}

const outdatedBy = (monitor: Monitor, words: string): Monitor =>
  askedNoMore({ ...monitor, looks: outdated(monitor.looks) }, words);

/** All that the master answered, in as many lines as there is room for. */
function answered(
  monitor: Monitor,
  words: string,
  { done, refused }: Extract<MonitorEvent, { type: 'ORDERED' }>['done'],
): Monitor {
  if (done.length + refused.length === 0) return telling(monitor, 'odd', `${words}: there was nothing to do.`);
  const told = done.length === 0 ? monitor : telling(monitor, 'good', `${words}: ${listed(done, words)}`);
  return refused.length === 0 ? told : telling(told, 'bad', `${words}, refused: ${listed(refused, words)}`);
}

interface Said {
  readonly subject: string;
  readonly text: string;
}

const named = 3;

function listed(all: readonly Said[], words: string): string {
  const [only] = all;
  if (only && all.length === 1 && isNamed(only.subject, words)) return only.text;
  const more = all.length > named ? [`and ${all.length - named} more`] : [];
  const parts = [...all.slice(0, named).map(({ subject, text }) => `${subject}: ${text}`), ...more];
  return parts.map((part, nth) => (nth < parts.length - 1 ? part.replace(/\.$/, '') : part)).join('; ');
}

/** Whether the words of an order say already what an answer is about: `regex 1.0 for cp311` is `rear regex 1.0 cp311`. */
const isNamed = (subject: string, words: string): boolean => {
  const said = words.split(' ');
  return subject
    .split(' ')
    .every((word) => word === 'for' || word === 'at' || said.some((one) => word === one || word.startsWith(`${one}-`)));
};
