import type { AsTyped } from '@piw/operator/as-typed';
import type { MonitorEvent } from '../state/event.ts';

/** An event with the commands that the master speaks of in it as they are typed here. */
export function eventAsTyped(event: MonitorEvent, asTyped: AsTyped): MonitorEvent {
  switch (event.type) {
    case 'FEED':
      return { ...event, feed: asTyped.feed(event.feed) };
    case 'LOOKED':
      return { ...event, answer: asTyped.answer(event.answer) };
    case 'ORDERED':
      return { ...event, done: asTyped.answer(event.done) };
    case 'ORDER_FAILED':
    case 'LOOK_FAILED':
      return { ...event, trouble: asTyped.text(event.trouble) };
    case 'TOLD':
      return { ...event, text: asTyped.text(event.text) };
    default:
      return event;
  }
}
