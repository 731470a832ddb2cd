import { parentPort, workerData } from 'node:worker_threads';
import type { DeskSettings, ToDesk } from './desk-words.ts';
import { serveDesk } from './serve-desk.ts';

/** What the master gives the thread along; `closed` becomes 1 when its socket is closed. */
export interface DeskThreadData {
  readonly settings: DeskSettings;
  readonly closed: Int32Array;
}

/** A thread of its own receives files: hashing them, and the garbage that chunks become, would hold up the master's loop. */
const { settings, closed } = workerData as DeskThreadData;
await serveDesk(settings, {
  say: (word) => parentPort?.postMessage(word),
  hear: (listener) => parentPort?.on('message', (word: ToDesk) => listener(word)),
  atEnd: (close) => process.once('exit', close),
  closed: () => {
    Atomics.store(closed, 0, 1);
    Atomics.notify(closed, 0);
  },
});
parentPort?.close();
