import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Ask,
  type ControlType,
  control,
  fromControl,
  isOrder,
  type Reply,
  toControl,
} from './control-protocol.ts';
import { Allowance } from './keys/allowance.ts';
import type { Holder } from './keys/authorized-keys.ts';
import type { Gate } from './keys/gatehouse.ts';
import { type Heard, type Listener, listen, type Peer } from './listener.ts';
import { masterTime } from './master-time.ts';
import type { StrayReport } from './strays.ts';
import { firstFault, type MessageOf, packInTurns } from './table.ts';
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
  /** An order was refused because whoever gave it waits no longer. */
  readonly onLate?: (late: LateOrder) => void;
  readonly onStray?: (report: StrayReport) => void;
}

/** An order that came, or had its turn, when it was too late. */
export type LateOrder = { [K in ControlType]: { readonly order: K; readonly ask: Ask<K> } }[ControlType] & {
  readonly from: string;
  readonly lateMs: number;
};

/** A question or an order as it is heard. */
interface Asked extends Pick<Heard<typeof toControl>, 'peer' | 'by'> {
  readonly body: Extract<MessageOf<typeof toControl>, { type: 'ASK' }>['body'];
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
  readonly #onLate: AnswerOptions['onLate'];
  readonly #time = new Allowance(mostLookMs, lookMsPerSecond);
  readonly #said = new Allowance(mostSaidBytes, saidBytesPerSecond);
  readonly #looks = new Turns({ atOnce: looksAtOnce, mostWaiting, allowances: [this.#time, this.#said] });
  #looking = 0;
  readonly #orders = new Turns({ atOnce: ordersAtOnce, mostWaiting });

  constructor(
    listener: Listener<typeof toControl, typeof fromControl>,
    { answerers, onBug, onLate }: Pick<AnswerOptions, 'answerers' | 'onBug' | 'onLate'>,
  ) {
    this.address = listener.address;
    this.#listener = listener;
    this.#answerers = answerers;
    this.#onBug = onBug;
    this.#onLate = onLate;
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
    for await (const { peer, by, message } of this.#listener) {
      if (signal.aborted) continue;
      if (message.type === 'WHEN') this.#tellTime(peer, message.body);
      else
        this.#takeIn({ peer, by, body: message.body }, (answered) => {
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

  #tellTime(peer: Peer, { id }: { readonly id: number }): void {
    void this.#listener.say(peer, { type: 'NOW', body: { id, nowMs: masterTime() } });
  }

  /** Answers a question when the turn of its asker comes. */
  #takeIn(heard: Asked, follow: (answered: Promise<void>) => Promise<void>): void {
    const { by, body } = heard;
    const isOne = isOrder(body.question);
    const turns = isOne ? this.#orders : this.#looks;
    const answer = () => (isOne || !by ? this.#answer(heard) : this.#answerWithin(by, heard));
    const begin = () => follow(Promise.resolve().then(answer)); // an order may abort the signal: not yet
    if (!turns.take(askerOf(heard), begin)) this.#refuse(heard, new TooManyError());
  }

  /** A look costs what the process was busy for while it was answered, shared among those that were answered meanwhile. */
  async #answerWithin({ key }: Holder, heard: Asked): Promise<void> {
    const before = performance.eventLoopUtilization();
    this.#looking += 1;
    try {
      await this.#answer(heard);
    } finally {
      this.#time.spend(key, performance.eventLoopUtilization(before).active / this.#looking);
      this.#looking -= 1;
    }
  }

  #refuse({ peer, body }: Asked, error: Error): void {
    const refusal = this.#refusal(body.question, error);
    void this.#listener.say(peer, { type: 'REFUSAL', body: { id: body.id, ...refusal } });
  }

  async #answer(heard: Asked): Promise<void> {
    const { peer, by, body } = heard;
    const { id } = body;
    const answer = await this.#workOut(body, by ?? body.from).then(
      (answer) => ({ type: 'ANSWER', body: { id, answer } }) as const,
      (error: unknown) => ({ type: 'REFUSAL', body: { id, ...this.#refusal(body.question, error) } }) as const,
    );
    const frame = await packInTurns(fromControl, answer);
    this.#said.spend(askerOf(heard), frame.length);
    await this.#listener.sayPacked(peer, frame);
  }

  async #workOut({ question, ask: raw, untilMs }: Asked['body'], by: Holder | string): Promise<unknown> {
    const mayOrder = typeof by === 'string' || by.role === 'operator';
    if (!mayOrder && isOrder(question)) throw new OnlyLooksError(by);
    const ask = control[question].ask.safeParse(raw);
    if (!ask.success) throw new MisunderstoodError(question, firstFault(ask.error));
    const from = typeof by === 'string' ? by : by.label;
    if (isOrder(question)) this.#makeSureOfTime({ order: question, ask: ask.data, from }, untilMs);
    return this.#answerers[question](ask.data as never, from, mayOrder);
  }

  /** What lay in the socket of a master that stood still, or waited too long for its turn, was told as not carried out. */
  #makeSureOfTime(given: Omit<LateOrder, 'lateMs'>, untilMs: number | undefined): void {
    if (untilMs === undefined)
      throw new MisunderstoodError(given.order, 'untilMs: an order says until when it may be begun');
    const lateMs = masterTime() - untilMs;
    if (lateMs <= 0) return;
    this.#onLate?.({ ...given, lateMs } as LateOrder);
    throw new LateError(given.order, lateMs);
  }

  #refusal(question: ControlType, error: unknown): { message: string; remedy: string } {
    if (isForPeople(error)) return { message: error.message.slice(0, 2000), remedy: error.remedy.slice(0, 2000) };
    this.#onBug(question, error);
    return { message: `The master failed at ${question}.`, remedy: 'Its log says why.' };
  }
}

/** Whose turn it is: that of a key, or of a connection where there are none. */
const askerOf = ({ by, peer }: Asked): string => by?.key ?? peer;

/** A question that the master doesn't understand as it is put. */
class MisunderstoodError extends Error {
  override readonly name = 'MisunderstoodError';
  readonly remedy = 'Correct it; or use programs of the same version as the master.';
  constructor(question: ControlType, fault: string) {
    super(`${question} is not understood: ${fault}.`);
  }
}

/** An order that was given up before its turn came. */
class LateError extends Error {
  override readonly name = 'LateError';
  readonly remedy = 'Give it again if it is still wanted.';
  constructor(order: ControlType, lateMs: number) {
    super(`${order} came ${Math.ceil(lateMs / 1000)} s too late, and was not carried out.`);
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
