import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { DeskLine } from '../receive-files/desk-line.ts';
import type { DeskSettings, FromDesk, ToDesk } from '../receive-files/desk-words.ts';
import { serveDesk } from '../receive-files/serve-desk.ts';

/** What receives files, in this thread, which has the sources at hand; words go by a channel, as to a thread. */
export function deskInProcess(settings: DeskSettings): DeskLine {
  const { port1: here, port2: there } = new MessageChannel();
  const served = serveDesk(settings, {
    say: (word) => there.postMessage(word),
    hear: (listener) => void there.on('message', listener),
    atEnd: () => undefined,
    closed: () => undefined,
  }).finally(() => there.close());
  const gone = once(here, 'close');
  const say = (word: ToDesk): void => here.postMessage(word);
  const stop = (): void => say('stop');
  return {
    say,
    hear: (listener) => void here.on('message', (word: FromDesk) => listener(word)),
    keep: async (signal) => {
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      await served;
      await gone; // what was said last has been heard then
    },
  };
}
