import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** What of a thread's heap may be young, in MiB: a third of it is filled before it is looked through, and stays the thread's. */
const youngMiB = 6;

/** A thread that works by itself until it hears `stop`. */
export interface ThreadPlan {
  readonly file: URL;
  readonly workerData: unknown;
  /** As in "the thread that ... ended by itself". */
  readonly what: string;
  /** How long it may take to come to rest, in milliseconds. */
  readonly restMs: number;
  /** It was started: whoever talks with it begins to listen. */
  readonly began: (worker: Worker) => void;
}

/** Runs a thread until the signal says stop; rejects where it dies or ends by itself. */
export async function runThread(
  { file, workerData, what, restMs, began }: ThreadPlan,
  signal: AbortSignal,
): Promise<void> {
  const worker = new Worker(file, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngMiB } });
  began(worker);
  const stop = async () => {
    worker.postMessage('stop');
    await pause(restMs, undefined, { ref: false });
    await worker.terminate();
  };
  const onAbort = () => void stop();
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await once(worker, 'exit');
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  if (!signal.aborted) throw new Error(`the thread that ${what} ended by itself`);
}
