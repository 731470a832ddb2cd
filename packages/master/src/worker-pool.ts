import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

interface Errand<Question, Answer> {
  readonly question: Question;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/** How a pool works. */
export interface PoolOptions {
  /** The module that each thread runs: it answers each message with one message. */
  readonly file: URL;
  /** How many threads there are at most; the first begins with the first question. */
  readonly size: number;
  /** A thread that doesn't answer in this time is ended; milliseconds. */
  readonly patienceMs: number;
  /** What a thread may have of the heap, in MiB. */
  readonly heapMiB: number;
}

/** Threads that answer questions, one each at a time. One that dies takes its question with it, and nothing else. */
export class WorkerPool<Question, Answer> {
  readonly #options: PoolOptions;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #waiting: Errand<Question, Answer>[] = [];
  readonly #running = new Set<AbortController>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** The answer of a thread; rejects where the thread died of the question, or had too little time. */
  ask(question: Question): Promise<Answer> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ question, settle, fail });
      this.#handOut();
    });
  }

  /** Ends all threads; what they had not answered yet rejects. */
  async close(): Promise<void> {
    const reason = new Error('the pool was closed');
    for (const { fail } of this.#waiting.splice(0)) fail(reason);
    for (const stop of this.#running) stop.abort(reason);
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #handOut(): void {
    const worker = this.#waiting.length > 0 ? (this.#idle.pop() ?? this.#begin()) : undefined;
    const errand = worker && this.#waiting.shift();
    if (worker && errand) void this.#run(worker, errand);
  }

  #begin(): Worker | undefined {
    if (this.#all.size >= this.#options.size) return undefined;
    const { file, heapMiB } = this.#options;
    const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: heapMiB } });
    this.#all.add(worker);
    worker.on('error', () => this.#lose(worker));
    return worker;
  }

  async #run(worker: Worker, { question, settle, fail }: Errand<Question, Answer>): Promise<void> {
    const stop = new AbortController();
    const { signal } = stop;
    this.#running.add(stop);
    const tooLong = setTimeout(
      () => stop.abort(new Error('the thread gave no answer in time')),
      this.#options.patienceMs,
    );
    try {
      worker.postMessage(question);
      const [answer] = (await once(worker, 'message', { signal })) as [Answer];
      this.#idle.push(worker);
      settle(answer);
    } catch (error) {
      this.#lose(worker);
      await worker.terminate();
      fail(signal.aborted ? signal.reason : error);
    } finally {
      clearTimeout(tooLong);
      this.#running.delete(stop);
    }
    this.#handOut();
  }

  #lose(worker: Worker): void {
    this.#all.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}
