import { Thread } from '../thread.ts';
import type { DeskThreadData } from './desk-thread.ts';
import type { DeskSettings, FromDesk, ToDesk } from './desk-words.ts';

/** How long the thread may take to finish what it writes once the master stops, in milliseconds. */
const restMs = 4000;

/** The master's end of the line to whoever receives files. */
export interface DeskLine {
  say(word: ToDesk): void;
  hear(listener: (word: FromDesk) => void): void;
  /** Until the signal says stop, and all files are closed; rejects where the thread dies or ends by itself. */
  keep(signal: AbortSignal): Promise<void>;
}

/** How long a master that ends in haste waits until the thread's socket is closed, in milliseconds. */
const hasteMs = 1000;

/** Begins a thread that receives files. */
export function openDeskLine(settings: DeskSettings, file = new URL('./desk-thread.js', import.meta.url)): DeskLine {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const workerData: DeskThreadData = { settings, closed };
  const thread = new Thread({ file, workerData, what: 'receives files', restMs });
  const { worker } = thread;
  // zeromq aborts a process whose thread is torn away from an open socket: one that crashes would end with a signal.
  const closeInHaste = (): void => {
    worker.postMessage('stop');
    Atomics.wait(closed, 0, 0, hasteMs);
  };
  process.once('exit', closeInHaste);
  worker.once('exit', () => process.off('exit', closeInHaste));
  return {
    say: (word) => worker.postMessage(word),
    hear: (listener) => void worker.on('message', listener),
    keep: (signal) => thread.keep(signal),
  };
}
