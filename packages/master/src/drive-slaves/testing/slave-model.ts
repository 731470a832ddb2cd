import type { Built, FromSlave, HeldAttempt, ToSlave } from '@piw/wire/slave-protocol';
import type { TargetOffer, Vitals } from '@piw/wire/vocabulary';
import { wheel } from './conversation.ts';

export const vitals: Vitals = {
  clockMs: 1_000_000,
  upMs: 0,
  diskFreeBytes: 1,
  diskSizeBytes: 1,
  memoryFreeBytes: 1,
  memorySizeBytes: 1,
  swapFreeBytes: 0,
  swapSizeBytes: 0,
  load: 0,
  temperatureC: null,
  throttled: null,
};

/** What a slave does by the protocol, without a clock: a test says when it gives signs of life, ends builds, crashes. */
export class SlaveModel {
  instance = 0;
  n = 0;
  welcomed = false;
  holds: HeldAttempt | null = null;
  /** Builds that it began since it last restarted, in order. */
  readonly began: number[] = [];
  readonly #say: (message: FromSlave) => void;
  #end: Pick<Built, 'outcome' | 'reason' | 'files'> | undefined;
  readonly #label: string;
  readonly #targets: readonly TargetOffer[];
  /** How long it says that it has run. */
  upMs = 0;

  constructor(say: (message: FromSlave) => void, label = 'rock-1', targets: readonly TargetOffer[] = []) {
    this.#say = say;
    this.#label = label;
    this.#targets = targets;
  }

  hello(): void {
    this.n += 1;
    this.welcomed = false;
    const who = { n: this.n, instance: String(this.instance), owner: this.#label, label: this.#label, host: 'rock' };
    const can = {
      protocols: [1],
      software: '1',
      targets: [...this.#targets],
      capabilities: {},
      holds: this.holds,
      vitals,
    };
    const { upMs } = this;
    const limits = { timeoutMs: 1000, memoryBytes: null, diskBytes: null, outputBytes: 1000 };
    this.#say({ type: 'HELLO', body: { ...who, ...can, limits, upMs } });
  }

  /** A sign of life, with what it waits for an answer to. */
  beat(): void {
    if (!this.welcomed) {
      this.hello();
      return;
    }
    const { holds } = this;
    this.#say({
      type: 'ALIVE',
      body: { vitals, attempt: holds?.attempt ?? null, step: null, phase: holds?.phase ?? 'idle' },
    });
    if (holds === null) this.#say({ type: 'READY', body: { vitals } });
    if (holds?.phase === 'built') this.#sayBuilt();
  }

  /** Its build ends, well or as is said; that is repeated until the master has it. */
  finish(
    end: Pick<Built, 'outcome' | 'reason' | 'files'> = { outcome: 'success', reason: null, files: [wheel] },
  ): void {
    if (this.holds?.phase !== 'building') return;
    this.#end = end;
    this.holds = { attempt: this.holds.attempt, phase: 'built' };
    this.#sayBuilt();
  }

  /** Restarts without what it had. */
  crash(): void {
    this.instance += 1;
    this.n = 0;
    this.holds = null;
    this.began.length = 0;
    this.hello();
  }

  bye(): void {
    this.holds = null;
    this.#say({ type: 'BYE', body: {} });
    this.crash();
  }

  hear(message: ToSlave): void {
    if (message.type === 'WHO') this.hello();
    else if (message.type === 'WELCOME') this.#welcome(message.body);
    else if (message.type === 'BUILD') this.#build(message.body);
    else if (message.type === 'CANCEL' && message.body.attempt === this.holds?.attempt) this.finish();
    else if (message.type === 'DONE' && message.body.attempt === this.holds?.attempt) this.#forget();
  }

  #welcome({ n, verdict }: { n: number; verdict: 'go-on' | 'forget' | null }): void {
    if (n !== this.n || this.welcomed) return;
    this.welcomed = true;
    if (verdict === 'forget') this.holds = null;
    if (this.holds === null) this.#say({ type: 'READY', body: { vitals } });
    else if (this.holds.phase === 'built') this.#sayBuilt();
  }

  #build({ n, attempt }: { n: number; attempt: number }): void {
    if (n !== this.n || this.holds !== null || this.began.some((earlier) => earlier >= attempt)) return;
    this.began.push(attempt);
    this.holds = { attempt, phase: 'building' };
  }

  #forget(): void {
    this.holds = null;
    this.#say({ type: 'READY', body: { vitals } });
  }

  #sayBuilt(): void {
    this.#say({ type: 'BUILT', body: { attempt: this.holds!.attempt, ...this.#end!, steps: [], logBytes: 0 } });
  }
}
