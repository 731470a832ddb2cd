import { ControlError } from './control-error.ts';
import {
  type Answer,
  type ControlType,
  control,
  fromControl,
  isOrder,
  type Question,
  toControl,
} from './control-protocol.ts';
import { type Dialler, dial } from './dialler.ts';
import { type DialKeys, keysFor } from './keys/dial-keys.ts';
import { againMs } from './redialler.ts';
import { firstFault, type MessageOf } from './table.ts';

export interface ControlClientOptions {
  readonly address: string;
  /** Who asks, for the journal: `login@host`. */
  readonly from: string;
  /** What to be let in with, where the master has keys. */
  readonly keys?: DialKeys | undefined;
  /** How long after it wasn't let in it tries again; default: five seconds. */
  readonly retryMs?: number;
}

/** How long an answer may take (default 10 s), and what ends the wait sooner. */
export interface AskOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a message of this client is answered by. */
interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Why it has no answer by now. */
  readonly unanswered: () => ControlError;
}

/** What is said to the master, and what it means if that took it and then doesn't answer. */
interface Request {
  readonly message: (id: number) => MessageOf<typeof toControl>;
  readonly silent: () => ControlError;
}

/** However long an order may take: that nobody is there to take it is known after this, in milliseconds. */
const presenceMs = 10_000;

/** Asks the master; it may be away when this is made, and go and come again. Close it, or the process stays. */
export class ControlClient {
  readonly address: string;
  /** What it is let in with; the status stream beside it wants the same. */
  readonly keys: DialKeys | undefined;
  readonly #from: string;
  readonly #dialler: Dialler<typeof fromControl, typeof toControl>;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Why it was not let in, until the next try would have told so again. */
  #refusal: { readonly error: ControlError; readonly untilMs: number } | null = null;

  constructor({ address, from, keys, retryMs = againMs }: ControlClientOptions) {
    this.address = address;
    this.keys = keys;
    this.#from = from;
    this.#dialler = dial({
      ...{ address, hears: fromControl, says: toControl, keys: keysFor(address, 'control', keys), retryMs },
      onConnect: () => (this.#refusal = null),
      onRefused: ({ message, remedy }) => {
        const error = new ControlError('unadmitted', message, remedy);
        this.#refusal = { error, untilMs: Date.now() + 2 * retryMs };
        this.#fail(error);
      },
    });
    void this.#listen();
  }

  /**
   * The master's answer to a question. Throws a ControlError where it refuses or doesn't answer in time, and the signal's
   * reason once that is aborted. An order is never repeated by itself, nor given to a master that comes after the time, nor begun by then by one
   * that stood still: it carries until when, in the master's own time.
   */
  async ask<K extends ControlType>(question: K, ask: Question<K>, options: AskOptions = {}): Promise<Answer<K>> {
    const { timeoutMs = 10_000, signal } = options;
    const endMs = performance.now() + timeoutMs;
    const until = isOrder(question) ? { untilMs: await this.#masterTimeAt(endMs, options) } : {};
    const answer = await this.#request(
      {
        message: (id) => ({ type: 'ASK', body: { id, question, ask, from: this.#from, ...until } }),
        silent: () => this.#silent(performance.now() - endMs + timeoutMs),
      },
      { timeoutMs: Math.max(0, endMs - performance.now()), signal },
    );
    return this.#understand(question, answer);
  }

  /** The master's time, which only one that is at work tells. Throws as `ask`. */
  async when({ timeoutMs = presenceMs, signal }: AskOptions = {}): Promise<number> {
    const options = { timeoutMs: Math.min(timeoutMs, presenceMs), signal };
    const message = (id: number) => ({ type: 'WHEN', body: { id } }) as const;
    return (await this.#request({ message, silent: () => this.#standsStill() }, options)) as number;
  }

  /** What the master's time will be at a time of this process, or a little less: its answer took a while to come. */
  async #masterTimeAt(endMs: number, options: AskOptions): Promise<number> {
    const nowMs = await this.when(options);
    return nowMs + endMs - performance.now();
  }

  async #request(
    { message, silent }: Request,
    { timeoutMs, signal }: AskOptions & { readonly timeoutMs: number },
  ): Promise<unknown> {
    signal?.throwIfAborted();
    const id = ++this.#lastId;
    const abort = new AbortController();
    const stop = signal ? AbortSignal.any([signal, abort.signal]) : abort.signal;
    let taken = false;
    const unanswered = () => (taken ? silent() : this.#absent());
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, unanswered });
      stop.addEventListener('abort', () => reject(stop.reason as Error), { once: true });
    });
    const timer = setTimeout(() => abort.abort(unanswered()), timeoutMs);
    const patienceMs = Math.min(timeoutMs, presenceMs);
    void this.#dialler.say(message(id), { patienceMs, signal: stop }).then((sent) => {
      taken = sent;
      if (!sent) abort.abort(unanswered());
    });
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      abort.abort(); // what wasn't given to the master by now never is
      this.#pending.delete(id);
    }
  }

  /** Questions that wait fail. */
  close(): void {
    this.#dialler.close();
    for (const { reject, unanswered } of this.#pending.values()) reject(unanswered());
  }

  #fail(error: ControlError): void {
    for (const { reject } of this.#pending.values()) reject(error);
  }

  async #listen(): Promise<void> {
    for await (const { type, body } of this.#dialler) {
      const pending = this.#pending.get(body.id);
      if (type === 'ANSWER') pending?.resolve(body.answer);
      else if (type === 'NOW') pending?.resolve(body.nowMs);
      else pending?.reject(new ControlError('refused', body.message, body.remedy));
    }
  }

  #understand<K extends ControlType>(question: K, raw: unknown): Answer<K> {
    const answer = control[question].answer.safeParse(raw);
    if (answer.success) return answer.data as Answer<K>;
    throw new ControlError(
      'garbled',
      `The master answers ${question} in a way that this program doesn't know: ${firstFault(answer.error)}.`,
      'Use programs of the same version as the master.',
    );
  }

  #absent(): ControlError {
    if (this.#refusal && Date.now() < this.#refusal.untilMs) return this.#refusal.error;
    return new ControlError(
      'absent',
      `No master answers at ${this.address}: is it running?`,
      'Start it, or name its run directory with --run-dir.',
    );
  }

  #standsStill(): ControlError {
    return new ControlError(
      'absent',
      `The master at ${this.address} is there but does not answer, and nothing was ordered.`,
      'Look on its machine whether it is stopped, or has no time.',
    );
  }

  #silent(passedMs: number): ControlError {
    return new ControlError(
      'silent',
      `The master at ${this.address} took ${Math.round(passedMs / 100) / 10} s and has not answered.`,
      'Look at the journal before you repeat an order: it may have been carried out.',
    );
  }
}
