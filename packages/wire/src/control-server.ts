import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { orders } from './control/orders.ts';
import { type Ask, type ControlType, control, fromControl, type Reply, toControl } from './control-protocol.ts';
import { Allowance } from './keys/allowance.ts';
import type { Holder } from './keys/authorized-keys.ts';
import type { Gate } from './keys/gatehouse.ts';
import { type Heard, type Listener, listen } from './listener.ts';
import type { StrayReport } from './strays.ts';
import { firstFault, packInTurns } from './table.ts';
import { Turns } from './turns.ts';

/** What answers each question; `from` is who asks: the label of their key, else what they say. Whether they may give orders is seen to before. An error that has a `remedy` becomes a refusal, any other is a bug. */
export type Answerers = {
  readonly [K in ControlType]: (ask: Ask<K>, from: string, mayOrder: boolean) => Promise<Reply<K>>;
};

export interface AnswerOptions {
  readonly address: string;
  /** The door that it is behind, where the address needs keys. */
  readonly gate?: Gate | undefined;
  readonly answerers: Answerers;
  readonly onBug: (question: ControlType, error: unknown) => void;
  readonly onStray?: (report: StrayReport) => void;
}

/**
 * What each asker (a key; where there are none, a connection) may have under way: looks, which all wait for the database, and orders, some of
 * which wait for an index. More waits, and still more is refused. Looks with one key are answered for a second of this process's time, then
 * for a quarter of it, in milliseconds; and what is said to one asker is so many bytes at once, then so many in a second: those of one that
 * doesn't read are kept until its connection is cut.
 */
const [looksAtOnce, ordersAtOnce, mostWaiting] = [4, 32, 64];
const [mostLookMs, lookMsPerSecond] = [1000, 250];
const [mostSaidBytes, saidBytesPerSecond] = [16 << 20, 2 << 20];

/** Answers that a client has not read, each as large as the board; what is more is dropped. */
const mostUnread = 100;

/** How long the socket stays after the last answer: a client that hasn't read it when the connection ends never does. */
const partingMs = 200;

/** Opens the control queue; throws an AddressError where that can't be. */
export async function openControl(options: AnswerOptions): Promise<ControlServer> {
  const { address, gate, onStray } = options;
  const listener = await listen({
    ...{ address, gate, hears: toControl, says: fromControl, unsaid: mostUnread },
    ...(onStray && { onStray }),
  });
  return new ControlServer(listener, options);
}

/** The master's end of control. */
export class ControlServer {
  readonly address: string;
  readonly #listener: Listener<typeof toControl, typeof fromControl>;
  readonly #answerers: Answerers;
  readonly #onBug: AnswerOptions['onBug'];
  readonly #time = new Allowance(mostLookMs, lookMsPerSecond);
  readonly #said = new Allowance(mostSaidBytes, saidBytesPerSecond);
  readonly #looks = new Turns({ atOnce: looksAtOnce, mostWaiting, allowances: [this.#time, this.#said] });
  #looking = 0;
  readonly #orders = new Turns({ atOnce: ordersAtOnce, mostWaiting });

  constructor(
    listener: Listener<typeof toControl, typeof fromControl>,
    { answerers, onBug }: Pick<AnswerOptions, 'answerers' | 'onBug'>,
  ) {
    this.address = listener.address;
    this.#listener = listener;
    this.#answerers = answerers;
    this.#onBug = onBug;
  }

  /** Answers until the signal; what was begun is answered before it resolves, and the socket is closed. */
  async run(signal: AbortSignal): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const stop = () => {
      for (const turns of [this.#looks, this.#orders]) turns.clear();
      void Promise.all(underWay)
        .then(() => delay(partingMs))
        .then(() => this.#listener.close());
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    for await (const heard of this.#listener) {
      if (signal.aborted) continue;
      this.#takeIn(heard, (answered) => {
        const work: Promise<void> = answered.finally(() => underWay.delete(work));
        underWay.add(work);
        return work;
      });
    }
    signal.removeEventListener('abort', stop);
  }

  /** Without `run`. */
  close(): void {
    this.#listener.close();
  }

  /** Answers a question when the turn of its asker comes. */
  #takeIn(heard: Heard<typeof toControl>, follow: (answered: Promise<void>) => Promise<void>): void {
    const { by, message } = heard;
    const isOrder = Object.hasOwn(orders, message.body.question);
    const turns = isOrder ? this.#orders : this.#looks;
    const answer = () => (isOrder || !by ? this.#answer(heard) : this.#answerWithin(by, heard));
    const begin = () => follow(Promise.resolve().then(answer)); // an order may abort the signal: not yet
    if (!turns.take(askerOf(heard), begin)) this.#refuse(heard, new TooManyError());
  }

  /** A look costs what the process was busy for while it was answered, shared among those that were answered meanwhile. */
  async #answerWithin({ key }: Holder, heard: Heard<typeof toControl>): Promise<void> {
    const before = performance.eventLoopUtilization();
    this.#looking += 1;
    try {
      await this.#answer(heard);
    } finally {
      this.#time.spend(key, performance.eventLoopUtilization(before).active / this.#looking);
      this.#looking -= 1;
    }
  }

  #refuse({ peer, message: { body } }: Heard<typeof toControl>, error: Error): void {
    const refusal = this.#refusal(body.question, error);
    void this.#listener.say(peer, { type: 'REFUSAL', body: { id: body.id, ...refusal } });
  }

  async #answer(heard: Heard<typeof toControl>): Promise<void> {
    const { peer, by, message } = heard;
    const { body } = message;
    const { id } = body;
    const answer = await this.#workOut(body.question, body.ask, by ?? body.from).then(
      (answer) => ({ type: 'ANSWER', body: { id, answer } }) as const,
      (error: unknown) => ({ type: 'REFUSAL', body: { id, ...this.#refusal(body.question, error) } }) as const,
    );
    const frame = await packInTurns(fromControl, answer);
    this.#said.spend(askerOf(heard), frame.length);
    await this.#listener.sayPacked(peer, frame);
  }

  async #workOut<K extends ControlType>(question: K, raw: unknown, by: Holder | string): Promise<Reply<K>> {
    const mayOrder = typeof by === 'string' || by.role === 'operator';
    if (!mayOrder && Object.hasOwn(orders, question)) throw new OnlyLooksError(by);
    const ask = control[question].ask.safeParse(raw);
    if (!ask.success) throw new MisunderstoodError(question, firstFault(ask.error));
    return this.#answerers[question](ask.data as Ask<K>, typeof by === 'string' ? by : by.label, mayOrder);
  }

  #refusal(question: ControlType, error: unknown): { message: string; remedy: string } {
    if (isForPeople(error)) return { message: error.message.slice(0, 2000), remedy: error.remedy.slice(0, 2000) };
    this.#onBug(question, error);
    return { message: `The master failed at ${question}.`, remedy: 'Its log says why.' };
  }
}

/** Whose turn it is: that of a key, or of a connection where there are none. */
const askerOf = ({ by, peer }: Heard<typeof toControl>): string => by?.key ?? peer;

/** A question that the master doesn't understand as it is put. */
class MisunderstoodError extends Error {
  override readonly name = 'MisunderstoodError';
  readonly remedy = 'Correct it; or use programs of the same version as the master.';
  constructor(question: ControlType, fault: string) {
    super(`${question} is not understood: ${fault}.`);
  }
}

/** One more question than the master keeps for anybody. */
class TooManyError extends Error {
  override readonly name = 'TooManyError';
  readonly remedy = 'Ask again when some of them are answered.';
  constructor() {
    super(`${mostWaiting} questions of yours wait already.`);
  }
}

/** An order from somebody whose key lets them look only. */
class OnlyLooksError extends Error {
  override readonly name = 'OnlyLooksError';
  readonly remedy = 'Ask whoever runs the master to authorize it as an operator instead.';
  constructor({ label, role }: Holder) {
    super(`Your key, that of ${label}, may only look: it is an ${role}'s.`);
  }
}

const isForPeople = (error: unknown): error is Error & { remedy: string } =>
  error instanceof Error && 'remedy' in error && typeof error.remedy === 'string';
