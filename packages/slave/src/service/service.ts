import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@piw/host/log';
import type { Task } from '@piw/host/run-tasks';
import { readVitals } from '@piw/host/vitals';
import type { DialKeys } from '@piw/wire/keys/dial-keys';
import type { KeyError } from '@piw/wire/keys/key-error';
import { Ration } from '@piw/wire/keys/ration';
import type { MasterAddress } from '@piw/wire/master-address';
import type { ToSlave } from '@piw/wire/slave-protocol';
import type { Vitals } from '@piw/wire/vocabulary';
import { beginning, type Effect, type SessionEvent } from '../session/session.ts';
import { step } from '../session/step.ts';
import { LogSender } from './log-sender.ts';
import { MasterLines } from './master-lines.ts';
import { compose, type Identity, introduce } from './messages.ts';
import { type Workbench, Workshop } from './workshop.ts';

/** How often what; overridden by tests. */
export interface Beats {
  readonly aliveMs: number;
  readonly logMs: number;
}

export const usualBeats: Beats = { aliveMs: 10_000, logMs: 250 };

/** How long clearing away may hold up a slave that leaves. */
const leavingMs = 3_000;

export interface ServiceOptions {
  /** Those that may be the active one. */
  readonly masters: readonly MasterAddress[];
  /** What to be let in with, where the masters have keys. */
  readonly keys?: DialKeys | undefined;
  readonly identity: Identity;
  readonly bench: Workbench;
  readonly log: Logger;
  readonly beats?: Beats;
  /** Told in a few words what the slave is about, when that changes. */
  readonly onStatus?: (status: string) => void;
}

/** Works for a master until it, or the signal, says stop; resolves to the exit code. Nothing of it runs any more by then. */
export async function serve(options: ServiceOptions, signal: AbortSignal): Promise<number> {
  const service = new Service(options, await readVitals(options.bench.dir));
  return service.run(signal);
}

class Service {
  readonly #options: ServiceOptions;
  readonly #lines: MasterLines;
  readonly #workshop: Workshop;
  readonly #introduction: ReturnType<typeof introduce>;
  readonly #left = new AbortController();
  #session = beginning;
  #status = '';
  /** Settles when BYE has left, or nobody was there to hear it. */
  #farewell: Promise<unknown> = Promise.resolve();
  #vitals: Vitals;
  #logSender: LogSender | undefined;
  #exitCode = 0;
  /** A refusal is logged once a minute. */
  readonly #refusals = new Ration(1, 60_000);

  constructor(options: ServiceOptions, vitals: Vitals) {
    const { masters, keys, log, bench, identity } = options;
    this.#options = options;
    this.#vitals = vitals;
    this.#introduction = introduce(identity, vitals.memorySizeBytes);
    const ears = {
      connected: () => this.#happen({ type: 'connected' }),
      hear: (message: ToSlave) => this.#happen({ ...message, nowMs: performance.now() }),
      refused: (why: KeyError) => this.#refused(why),
    };
    this.#lines = new MasterLines(masters, keys, ears, log);
    this.#workshop = new Workshop(bench, log, (event) => this.#happen(event));
  }

  async run(signal: AbortSignal): Promise<number> {
    const stop = (): void => this.#happen({ type: 'stop' });
    signal.addEventListener('abort', stop, { once: true });
    const listening = this.#lines.listen();
    if (signal.aborted) stop();
    await Promise.all([this.#everyBeat(this.#left.signal), this.#everyLogBeat(this.#left.signal)]);
    signal.removeEventListener('abort', stop);
    this.#lines.sender?.stop();
    await Promise.all([this.#farewell, this.#workshop.close(leavingMs)]);
    this.#lines.close();
    await listening;
    return this.#exitCode;
  }

  readonly #everyBeat: Task = async (signal) => {
    while (await rest(this.#options.beats?.aliveMs ?? usualBeats.aliveMs, signal)) {
      this.#vitals = await readVitals(this.#options.bench.dir);
      this.#happen({ type: 'beat', nowMs: performance.now() });
    }
  };

  readonly #everyLogBeat: Task = async (signal) => {
    while (await rest(this.#options.beats?.logMs ?? usualBeats.logMs, signal)) await this.#sendLog('beat');
  };

  async #sendLog(reason: 'beat' | 'goOn'): Promise<void> {
    if (this.#session.link.phase !== 'known') return;
    try {
      await this.#logSender?.[reason]();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the log stalls');
    }
  }

  #happen(event: SessionEvent): void {
    if (this.#left.signal.aborted) return;
    const [next, effects] = step(this.#session, event);
    this.#session = next;
    for (const effect of effects) this.#perform(effect);
    if (event.type !== 'ended') return;
    this.#logSender?.complete();
    void this.#sendLog('goOn');
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case 'say':
        return this.#say(effect.what);
      case 'build':
        return this.#begin(effect.order);
      case 'cancel':
        return this.#workshop.cancel(effect.attempt, effect.why);
      case 'acknowledge':
      case 'resume':
        if (this.#logSender?.attempt !== effect.attempt) return;
        this.#logSender[effect.do](effect.logOffset, effect.watched);
        return void this.#sendLog('goOn');
      case 'send': {
        const path = this.#workshop.fileOf(effect.attempt, effect.filename);
        if (path !== undefined) this.#lines.sender?.send(path, effect.offset, effect.ticket);
        return;
      }
      case 'forget':
        return this.#forget(effect.attempt);
      case 'seek':
        return this.#lines.seek();
      case 'leave':
        this.#exitCode = effect.code;
        return this.#left.abort();
      case 'tell':
        this.#options.log[effect.level](effect.text);
        return this.#show(effect.text);
    }
  }

  #refused({ message, remedy }: KeyError): void {
    if (this.#refusals.take(message)) this.#options.log.warn(`${message} ${remedy}`);
    this.#show(message);
  }

  #show(status: string): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #say(what: Parameters<typeof compose>[0]): void {
    if (what === 'ALIVE') this.#logSender?.asked();
    const said = this.#lines.say(compose(what, this.#session, this.#introduction, this.#vitals));
    if (what === 'BYE') this.#farewell = said;
    if (what === 'READY') this.#show('waits for work');
  }

  #begin(order: Extract<Effect, { do: 'build' }>['order']): void {
    const text = `builds ${order.package} ${order.version} for ${order.target.abi} ${order.target.platform}`;
    this.#options.log.info({ attempt: order.attempt }, text);
    this.#show(text);
    this.#workshop.begin(order);
    const log = this.#workshop.logOf(order.attempt);
    if (!log) return;
    this.#logSender = new LogSender(order.attempt, log, {
      say: (message) => this.#lines.say(message),
      ask: () => this.#say('ALIVE'),
      now: () => performance.now(),
    });
  }

  #forget(attempt: number): void {
    this.#lines.sender?.stop();
    if (this.#logSender?.attempt === attempt) this.#logSender = undefined;
    this.#workshop.forget(attempt).catch((error: unknown) => {
      this.#options.log.error({ err: error }, `attempt ${attempt} could not be cleared away`);
    });
  }
}

/** Waits; false once the signal is aborted. */
const rest = (ms: number, signal: AbortSignal): Promise<boolean> => delay(ms, true, { signal }).catch(() => false);
