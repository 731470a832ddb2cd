import type { FromSlave, ToSlave } from '@piw/wire/slave-protocol';
import { type Effect, type Session, type SessionEvent, stranger } from '../session.ts';
import { step } from '../step.ts';
import type { Task } from '../task.ts';
import { orderOf, sound, taskOf, times, wheel } from './conversation.ts';
import { SlaveModel } from './slave-model.ts';

/** Slow work: what it changes in the database, and what the session then learns. */
export interface SlowWork {
  readonly commit?: () => void;
  readonly learn: () => void;
}

/**
 * A session with a model of a slave, of the database and of a bad network between them: nothing happens but what a
 * test picks. `ended` counts, by attempt, how often the database was changed by an end.
 */
export class FarmModel {
  readonly slave = new SlaveModel((message) => this.toMaster.push(message));
  session: Session = stranger;
  /** What is on its way, oldest first; and slow work that hasn't come back. */
  readonly toMaster: FromSlave[] = [];
  readonly toSlave: ToSlave[] = [];
  readonly slow: SlowWork[] = [];
  lease: Task | null = null;
  /** What was declared lost, until it is reopened or another attempt is given. */
  #lost: Task | null = null;
  readonly ended = new Map<number, number>();
  attempts = 0;
  nowMs = times.nowMs;

  /** The queue gives the slave an attempt, if the session thinks that it waits and the database that it is free. */
  take(): void {
    if (this.session.state.phase !== 'ready' || this.lease) return;
    const task = taskOf(++this.attempts);
    this.lease = task;
    this.#lost = null;
    this.slow.push({ learn: () => this.#happen({ type: 'GIVEN', task, order: orderOf(task) }) });
  }

  /** The sweep finds that the lease ran out. */
  sweep(): void {
    if (!this.lease) return;
    const { attempt } = this.lease;
    this.#lost = this.lease;
    this.#end(attempt);
    this.slow.push({ learn: () => this.#happen({ type: 'LOST', attempt }) });
  }

  /** The master is killed, and another begins: of what it had the database do, all is done or nothing. */
  restart(committed: boolean): void {
    if (committed) for (const { commit } of this.slow) commit?.();
    this.slow.length = 0;
    this.session = stranger;
  }

  cancel(): void {
    if (!this.lease) return;
    const cancel = { kind: 'killed', why: 'tests', sinceMs: this.nowMs } as const;
    this.#happen({ type: 'CANCELLED', attempt: this.lease.attempt, cancel });
  }

  tick(byMs: number): void {
    this.nowMs += byMs;
    this.#happen({ type: 'TICK' });
  }

  hear(message: FromSlave): void {
    if (message.type === 'HELLO') {
      const { n, instance, holds } = message.body;
      this.#happen({ type: 'HELLO', n, instance });
      if (holds) this.#reopen(holds.attempt);
      const met = { holds, leased: this.lease, logBytes: 0, pause: null, quarantine: null };
      this.slow.push({ learn: () => this.#happen({ type: 'MET', n, instance, ...met }) });
    } else if (message.type === 'ALIVE') this.#happen({ type: 'ALIVE', ...message.body });
    else if (message.type === 'LOG') this.#happen({ type: 'LOG', ...message.body });
    else if (message.type === 'BUILT') this.#happen({ type: 'BUILT', built: message.body });
    else this.#happen({ type: message.type });
  }

  #happen(event: SessionEvent): void {
    const [session, effects] = step(this.session, event, { ...times, nowMs: this.nowMs });
    this.session = session;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    if (effect.do === 'say') this.toSlave.push(effect.message);
    if (effect.do === 'welcome') {
      const { n, verdict } = effect;
      this.toSlave.push({ type: 'WELCOME', body: { n, verdict, slave: 1, epoch: 1, logOffset: 0, watched: false } });
    }
    if (effect.do === 'receive') {
      const { attempt } = effect.task;
      const { filename } = wheel;
      this.slow.push({ learn: () => this.#happen({ type: 'RECEIVED', attempt, filename, received: sound }) });
    }
    if (effect.do === 'end') {
      const { attempt } = effect.task;
      this.slow.push({
        commit: () => this.#end(attempt),
        learn: () => this.#happen({ type: 'ENDED', attempt }),
      });
    }
  }

  /** What was lost and given to nobody since is its slave's own again. */
  #reopen(attempt: number): void {
    if (this.lease || this.#lost?.attempt !== attempt) return;
    this.lease = this.#lost;
    this.#lost = null;
    this.ended.delete(attempt);
  }

  /** Fenced: without its lease an attempt isn't ended again. */
  #end(attempt: number): void {
    if (this.lease?.attempt !== attempt) return;
    this.lease = null;
    this.ended.set(attempt, (this.ended.get(attempt) ?? 0) + 1);
  }
}
