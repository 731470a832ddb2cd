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
}

/** A thread that has begun. */
export class Thread {
  readonly worker: Worker;
  readonly #plan: ThreadPlan;
  readonly #exit: Promise<unknown>;

  constructor(plan: ThreadPlan) {
    const { file, workerData } = plan;
    this.#plan = plan;
    this.worker = new Worker(file, { workerData, resourceLimits: { maxYoungGenerationSizeMb: youngMiB } });
    this.#exit = once(this.worker, 'exit');
    this.#exit.catch(() => undefined); // whoever keeps it hears of that
  }

  /** Until the signal says stop, and it has come to rest; rejects where it dies or ends by itself. */
  async keep(signal: AbortSignal): Promise<void> {
    const onAbort = () => void this.#stop();
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#exit;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    if (!signal.aborted) throw new Error(`the thread that ${this.#plan.what} ended by itself`);
  }

  async #stop(): Promise<void> {
    this.worker.postMessage('stop');
    await pause(this.#plan.restMs, undefined, { ref: false });
    await this.worker.terminate();
  }
}
