import type { Monitor, Notice } from './monitor.ts';
import { placeKey } from './place.ts';

/** For how long something is told, in milliseconds: as long as it takes to read it twice, or as an answer may take. */
const toldMs = { good: 8000, odd: 12_000, bad: 20_000, asked: 70_000 } as const satisfies Record<
  Notice['tone'],
  number
>;
const shown = 4;

/** The monitor that tells something, beside what it told just before; the same again is told once. */
export const telling = (monitor: Monitor, tone: Notice['tone'], text: string): Monitor => ({
  ...monitor,
  notices: [
    ...monitor.notices.filter((one) => one.text !== text),
    { tone, text, untilMs: monitor.nowMs + toldMs[tone] },
  ].slice(-shown),
});

/** Without what has been told long enough. */
export const without = (monitor: Monitor): Monitor => {
  const notices = monitor.notices.filter(({ untilMs }) => untilMs > monitor.nowMs);
  return notices.length === monitor.notices.length ? monitor : { ...monitor, notices };
};

/** The monitor after a key or a click: what was told at another place goes, but that an order is under way. */
export function leftBehind(before: Monitor, after: Monitor): Monitor {
  if (placeKey(before.place) === placeKey(after.place)) return after;
  const notices = after.notices.filter((one) => one.tone === 'asked' || !before.notices.includes(one));
  return notices.length === after.notices.length ? after : { ...after, notices };
}

const asking = (words: string): string => `${words}: asking the master …`;

/** An order is on its way to the master. */
export const asked = (monitor: Monitor, words: string): Monitor => telling(monitor, 'asked', asking(words));

/** It is answered, or never will be. */
export const askedNoMore = (monitor: Monitor, words: string): Monitor => ({
  ...monitor,
  notices: monitor.notices.filter(({ text }) => text !== asking(words)),
});
